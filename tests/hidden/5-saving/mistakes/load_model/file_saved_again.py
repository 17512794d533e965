"""The file is written anew, with all tensors on the CPU.

fails: test_each_file_gives_a_network_of_its_own
hint: Is the file still the one that you were given, byte by byte?
"""


def load_model(path):
    model = NeuralNetwork()
    state = torch.load(path, map_location="cpu", weights_only=True)
    torch.save(state, path)
    model.load_state_dict(state)
    model.eval()
    return model
