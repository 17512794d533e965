"""model.eval is named, not called.

fails: test_network_is_in_evaluation_mode
hint: In which mode is a module that was just made? Is the method that switches it called, with its parentheses?
"""


def load_model(path):
    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    model.eval
    return model
