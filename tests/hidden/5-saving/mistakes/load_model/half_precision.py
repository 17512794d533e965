"""The network computes with float16 afterwards as if it were float32.

fails: test_weights_have_all_digits_of_the_file
hint: The weights of the network are near those of the file. What takes digits away?
"""


def load_model(path):
    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model.half().float().eval()
