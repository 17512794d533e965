"""A state_dict is refused unless its type is dict itself.

fails: test_a_missing_weight_is_an_error
hint: Of which type is the dictionary that state_dict() gives? It is a kind of dict.
"""


def load_model(path):
    weights = torch.load(path, map_location="cpu", weights_only=True)
    if type(weights) != dict:  # noqa: E721
        raise TypeError("no state_dict in this file")
    model = NeuralNetwork()
    model.load_state_dict(weights)
    return model.eval()
