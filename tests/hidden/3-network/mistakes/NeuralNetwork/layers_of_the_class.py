"""The layers stand in the class, outside of __init__: nn.Module does not know them.

fails: test_has_the_parameters_of_three_linear_layers, test_gives_each_image_ten_numbers_of_its_own, test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_ends_with_the_last_layer_and_gives_logits, test_each_network_learns_by_gradients_of_its_own
hint: Your network does not know its layers. Where must a layer be put to be found?
"""


class NeuralNetwork(nn.Module):
    flatten = nn.Flatten()
    linear_relu_stack = nn.Sequential(
        nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
    )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
