"""No more than 64 images go through the layers.

fails: test_gives_each_image_ten_numbers_of_its_own
hint: How many rows of logits come back for a batch of 100 images?
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
        return self.layers(x[:64])
