"""From an open file, with a function for the place."""


def load_model(path):
    with open(path, "rb") as file:
        state = torch.load(file, map_location=lambda storage, place: storage, weights_only=True)
    model = NeuralNetwork().to("cpu")
    model.load_state_dict(state, strict=True)
    return model.eval().requires_grad_(False)
