"""LeakyReLU lets a bit of the negative numbers through.

fails: test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_each_network_learns_by_gradients_of_its_own
hint: ReLU makes 0 of -3. What does yours make of it?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.LeakyReLU(),
            nn.Linear(512, 512),
            nn.LeakyReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
