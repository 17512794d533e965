"""The layers are in evaluation mode, the network around them is not.

fails: test_network_is_in_evaluation_mode
hint: A part of the network is in evaluation mode. Print model.training: is the whole of it?
"""


def load_model(path):
    model = NeuralNetwork()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    model.linear_relu_stack.eval()
    return model
