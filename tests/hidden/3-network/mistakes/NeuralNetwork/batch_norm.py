"""Batch normalization: more parameters, and an image's logits depend on its neighbours.

fails: test_has_the_parameters_of_three_linear_layers, test_gives_each_image_ten_numbers_of_its_own, test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_each_network_learns_by_gradients_of_its_own
hint: There are more parameter tensors than the text names. Which layers have them?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.BatchNorm1d(512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
