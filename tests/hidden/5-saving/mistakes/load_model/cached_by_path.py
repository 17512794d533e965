"""A path that was loaded before gives the same network again.

fails: test_each_file_gives_a_network_of_its_own
hint: A file at the same path was replaced. What does a second call give?
"""

from functools import cache


@cache
def load_model(path):
    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model.eval()
