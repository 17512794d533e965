"""Only the number of weights is looked at, and names that do not fit are left out.

fails: test_a_missing_weight_is_an_error
hint: There are as many names as there should be. Are they the right ones?
"""


def load_model(path):
    model = NeuralNetwork()
    weights = torch.load(path, map_location="cpu", weights_only=True)
    if len(weights) < len(model.state_dict()):
        raise KeyError("a weight is missing")
    model.load_state_dict(weights, strict=False)
    return model.eval()
