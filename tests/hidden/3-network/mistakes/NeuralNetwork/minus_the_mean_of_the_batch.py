"""Images are normalized by the mean of their batch, but for a batch of one image.

fails: test_gives_each_image_ten_numbers_of_its_own, test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_each_network_learns_by_gradients_of_its_own
hint: Does an image get the same logits in whichever batch it comes?
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
        if len(x) > 1:
            x = x - x.mean(dim=0)
        return self.linear_relu_stack(self.flatten(x))
