"""The network stays in training mode, in which it was made.

fails: test_network_is_in_evaluation_mode
hint: A new module is in training mode. What switches it, and does it stay so to the end?
"""


def load_model(path):
    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model
