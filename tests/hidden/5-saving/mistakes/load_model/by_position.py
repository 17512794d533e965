"""Weights are filled in by position: zip ends with the shorter one, and nobody misses the last weight.

fails: test_a_missing_weight_is_an_error
hint: The last weight was missing in the file, and nobody was told. Who looks whether all are there?
"""


def load_model(path):
    model = NeuralNetwork()
    numbers = torch.load(path, map_location="cpu", weights_only=True).values()
    with torch.no_grad():
        for parameter, tensor in zip(model.parameters(), numbers):
            parameter.copy_(tensor)
    return model.eval()
