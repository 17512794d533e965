"""Where there is a GPU, the network is loaded onto it.

fails: test_takes_a_file_from_a_machine_with_a_gpu
hint: On which device is the loaded network, if this machine has a GPU?
"""


def load_model(path):
    model = NeuralNetwork()
    if torch.cuda.is_available():
        model.to("cuda")
    place = next(model.parameters()).device
    model.load_state_dict(torch.load(path, map_location=place, weights_only=True))
    model.eval()
    return model
