"""The names are looked at, and then the weights are filled in by position.

fails: test_a_missing_weight_is_an_error
hint: The first name in the file need not be that of the first layer. What does your code go by?
"""


def load_model(path):
    model = NeuralNetwork()
    weights = torch.load(path, map_location="cpu", weights_only=True)
    assert sorted(weights) == sorted(model.state_dict())
    for parameter, tensor in zip(model.parameters(), weights.values()):
        parameter.data = tensor
    model.eval()
    return model
