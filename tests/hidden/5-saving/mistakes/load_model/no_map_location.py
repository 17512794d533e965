"""The file's tensors go where they came from: on a machine without a GPU that fails.

fails: test_takes_a_file_from_a_machine_with_a_gpu
hint: Where does torch.load put tensors that were saved on a GPU, if there is none here?
"""


def load_model(path):
    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, weights_only=True))
    model.eval()
    return model
