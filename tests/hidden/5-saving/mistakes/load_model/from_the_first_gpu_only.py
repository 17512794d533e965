"""Tensors from cuda:0 go to the CPU, those from any other GPU can't be loaded.

fails: test_takes_a_file_from_a_machine_with_a_gpu
hint: A machine with several GPUs may have saved the file. Where do those tensors go?
"""


def load_model(path):
    model = NeuralNetwork()
    places = {"cuda:0": "cpu", "cuda": "cpu"}
    model.load_state_dict(torch.load(path, map_location=places, weights_only=True))
    return model.eval()
