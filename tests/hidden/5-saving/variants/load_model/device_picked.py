"""Moves the tensors to the device that there is."""


def load_model(path):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = NeuralNetwork().to(device)
    state_dict = torch.load(path, map_location=device, weights_only=True)
    model.load_state_dict(state_dict)
    model.to("cpu")
    for module in model.modules():
        module.eval()
    return model
