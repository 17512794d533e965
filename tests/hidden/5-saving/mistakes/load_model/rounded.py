"""The weights are rounded to three digits.

fails: test_weights_have_all_digits_of_the_file
hint: The weights of the network are near those of the file. What takes digits away?
"""


def load_model(path):
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = NeuralNetwork()
    model.load_state_dict({name: torch.round(w, decimals=3) for name, w in state.items()})
    return model.eval()
