"""Nothing between the linear layers: three of them are no more than one.

fails: test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_each_network_learns_by_gradients_of_its_own
hint: Two straight lines, one after the other, make a straight line. What bends them?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.Linear(512, 512),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
