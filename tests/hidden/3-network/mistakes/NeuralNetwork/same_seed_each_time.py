"""Each network begins with the same numbers: it seeds them itself.

fails: test_gives_each_image_ten_numbers_of_its_own
hint: Make two networks. Do they begin with the same numbers?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        torch.manual_seed(42)
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
