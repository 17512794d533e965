"""Where the safe way is refused, it tries the unsafe one: then the code in the file runs after all.

fails: test_runs_no_code_from_a_file
hint: What may a file do while it is loaded with weights_only=False? One that is refused without it should stay refused.
"""


def load_model(path):
    model = NeuralNetwork()
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception:
        state = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(state)
    return model.eval()
