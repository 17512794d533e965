"""The file is looked for in the folder of this notebook, unless path says a whole place.

fails: test_each_file_gives_a_network_of_its_own
hint: In which folder does your function look if path is only a name, such as "net.pt"?
"""


def load_model(path):
    place = os.path.join(SCRATCH, path)
    model = NeuralNetwork()
    model.load_state_dict(torch.load(place, map_location="cpu", weights_only=True))
    return model.eval()
