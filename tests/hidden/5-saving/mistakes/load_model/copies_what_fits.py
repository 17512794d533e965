"""Copies the names that it finds, and passes over those that are missing.

fails: test_a_missing_weight_is_an_error
hint: What is in a layer whose weights were not in the file, and who is told?
"""


def load_model(path):
    model = NeuralNetwork()
    state = torch.load(path, map_location="cpu", weights_only=True)
    own = model.state_dict()
    own.update(state)
    model.load_state_dict(own)
    model.eval()
    return model
