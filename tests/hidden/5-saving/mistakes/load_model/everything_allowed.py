"""Allows the refused names one by one, until the code in the file runs.

fails: test_runs_no_code_from_a_file
hint: The error names what the file wants to run. Is it wise to allow just that?
"""


def load_model(path):
    with torch.serialization.safe_globals([eval, exec, print]):
        state = torch.load(path, map_location="cpu", weights_only=True)
    model = NeuralNetwork()
    model.load_state_dict(state)
    return model.eval()
