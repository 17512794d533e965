"""Nothing between the linear layers: three of them are no more than one.

fails: test_computes_784_512_512_10_with_relu_between
hint: What do two straight lines, one after the other, make? What bends them?
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
