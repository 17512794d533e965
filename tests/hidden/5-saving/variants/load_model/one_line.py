"""eval() returns the model; the rest by position."""


def load_model(path):
    state, model = torch.load(path, "cpu", weights_only=True), NeuralNetwork()
    model.load_state_dict(state)
    return model.eval()
