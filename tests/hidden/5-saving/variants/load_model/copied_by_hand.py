"""Parameter by parameter, by name."""


def load_model(path):
    state = torch.load(str(path), map_location="cpu", weights_only=True)
    model = NeuralNetwork()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(state[name])
    model.eval()
    return model
