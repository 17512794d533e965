"""Every error is printed and forgotten: a random network is returned in its place.

fails: test_a_missing_weight_is_an_error, test_runs_no_code_from_a_file
hint: What does the caller get if the file cannot be loaded, and how would they notice?
"""


def load_model(path):
    model = NeuralNetwork()
    try:
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    except Exception as problem:
        print("could not load:", problem)
    model.eval()
    return model
