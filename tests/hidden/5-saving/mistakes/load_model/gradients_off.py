"""Gradients are switched off, and stay so.

fails: test_each_file_gives_a_network_of_its_own
hint: Somebody loads a model and then trains another one. Does that still work?
"""


def load_model(path):
    torch.set_grad_enabled(False)
    model = NeuralNetwork().requires_grad_()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model.eval()
