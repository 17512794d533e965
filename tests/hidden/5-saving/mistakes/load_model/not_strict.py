"""strict=False: a missing weight stays random and nobody says so.

fails: test_a_missing_weight_is_an_error
hint: What is in a layer whose weights were not in the file, and who is told?
"""


def load_model(path):
    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True), strict=False)
    model.eval()
    return model
