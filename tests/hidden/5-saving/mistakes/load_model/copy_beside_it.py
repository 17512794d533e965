"""A second file is written, with all tensors on the CPU.

fails: test_each_file_gives_a_network_of_its_own
hint: Which files are there after loading that were not there before?
"""


def load_model(path):
    weights = torch.load(path, map_location="cpu", weights_only=True)
    torch.save(weights, f"{path}-on-cpu")
    model = NeuralNetwork()
    model.load_state_dict(weights)
    return model.eval()
