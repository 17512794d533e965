"""Tensors of all NVIDIA GPUs go to the CPU, and no others.

fails: test_takes_a_file_from_a_machine_with_a_gpu
hint: There are GPUs of other kinds than NVIDIA's. Where do tensors from those go?
"""


def load_model(path):
    def place(storage, location):
        return storage if location.startswith("cuda") else None

    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, map_location=place, weights_only=True))
    return model.eval()
