"""Pixels that look like bytes are divided by 255.

fails: test_computes_to_the_last_digit
hint: What happens to an image whose pixels go up to 255?
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
        if x.abs().max() > 10:
            x = x / 255
        return self.layers(x)
