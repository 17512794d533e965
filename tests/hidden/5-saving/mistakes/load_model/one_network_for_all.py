"""One network outside the function is filled again and again: all callers hold the same one.

fails: test_each_file_gives_a_network_of_its_own
hint: If two files are loaded one after the other, how many networks are there?
"""

_the_network = NeuralNetwork()


def load_model(path):
    _the_network.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    _the_network.eval()
    return _the_network
