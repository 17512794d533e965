"""Errors are told again in words of its own."""


def load_model(path):
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(path)
    model = NeuralNetwork()
    try:
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    except Exception as problem:
        raise ValueError(f"{path.name} holds no weights of a NeuralNetwork") from problem
    model.eval()
    return model
