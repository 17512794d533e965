"""Logits beyond 50 are cut off.

fails: test_computes_to_the_last_digit
hint: How large can a number be that your network gives?
"""


class NeuralNetwork(nn.Module):
    """784-512-512-10."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        return self.layers(x).clamp(-50, 50)
