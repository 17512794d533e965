"""weights_only=True is the default; a torch.device for the place."""


def load_model(path):
    net = NeuralNetwork()
    missing, unexpected = net.load_state_dict(torch.load(path, map_location=torch.device("cpu")))
    assert not missing and not unexpected
    net.train(False)
    return net
