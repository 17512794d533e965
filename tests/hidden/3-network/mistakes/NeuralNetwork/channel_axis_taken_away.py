"""The channel axis is taken away in place: the caller's batch has lost it afterwards.

fails: test_gives_each_image_ten_numbers_of_its_own
hint: What shape has the caller's batch after your network has seen it?
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
        x.squeeze_(1)
        return self.linear_relu_stack(self.flatten(x))
