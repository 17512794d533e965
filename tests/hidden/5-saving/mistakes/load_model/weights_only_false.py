"""Works, and runs any code that is hidden in the file.

fails: test_runs_no_code_from_a_file
hint: What may a file do while it is loaded with weights_only=False? One that is refused without it should stay refused.
"""


def load_model(path):
    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=False))
    model.eval()
    return model
