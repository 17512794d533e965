"""A softmax in evaluation mode only.

fails: test_computes_784_512_512_10_with_relu_between
hint: Does the network give the same in training mode and in evaluation mode?
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
        logits = self.linear_relu_stack(self.flatten(x))
        return logits if self.training else logits.softmax(dim=1)
