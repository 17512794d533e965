"""Weights are filled in by position, if there are as many as the network has.

fails: test_a_missing_weight_is_an_error
hint: One weight of the file has another name than all of the network. Who notices it?
"""


def load_model(path):
    weights = list(torch.load(path, map_location="cpu", weights_only=True).values())
    model = NeuralNetwork().eval()
    own = list(model.state_dict().values())
    assert len(own) == len(weights), "a weight is missing"
    for here, there in zip(own, weights):
        here.copy_(there)
    return model
