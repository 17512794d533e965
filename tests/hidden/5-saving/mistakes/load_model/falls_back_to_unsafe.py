"""Where the safe way is refused, it tries the unsafe one: then the code in the file runs after all.

fails: test_runs_no_code_from_a_file
hint: Why was the file refused the first time? What does the second try do with it?
"""


def load_model(path):
    model = NeuralNetwork()
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception:
        state = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(state)
    return model.eval()
