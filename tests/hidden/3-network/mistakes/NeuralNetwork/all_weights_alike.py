"""All weights begin with one number.

fails: test_gives_each_image_ten_numbers_of_its_own
hint: The ten logits of an image are all alike. Which numbers are in a new network of yours?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
        )
        for p in self.parameters():
            nn.init.constant_(p, 0.01)

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
