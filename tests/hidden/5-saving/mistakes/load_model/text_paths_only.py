"""The path is put together as text: a pathlib.Path cannot be added to a str.

fails: test_each_file_gives_a_network_of_its_own
hint: The path may be a pathlib.Path too. Does torch.load need you to change it?
"""


def load_model(path):
    model = NeuralNetwork()
    state = torch.load("" + path, map_location="cpu", weights_only=True)
    model.load_state_dict(state)
    model.eval()
    return model
