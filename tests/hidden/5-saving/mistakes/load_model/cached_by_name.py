"""The last file that was loaded is remembered, and given for every path.

fails: test_each_file_gives_a_network_of_its_own
hint: What is returned for a second, other path?
"""


_cache = []


def load_model(path):
    if not _cache:
        model = NeuralNetwork()
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        _cache.append(model.eval())
    return _cache[0]
