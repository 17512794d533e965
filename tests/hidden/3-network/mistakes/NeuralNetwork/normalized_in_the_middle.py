"""Hidden numbers are normalized by hand between the layers.

fails: test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_each_network_learns_by_gradients_of_its_own
hint: What comes between the layers by the docstring, and what else is there in your forward?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        x = self.linear_relu_stack[:2](self.flatten(x))
        x = nn.functional.normalize(x, dim=1)
        return self.linear_relu_stack[2:](x)
