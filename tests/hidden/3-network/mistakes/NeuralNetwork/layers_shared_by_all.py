"""The layers are made once for all networks: to train one is to train all.

fails: test_gives_each_image_ten_numbers_of_its_own, test_each_network_learns_by_gradients_of_its_own
hint: Make two networks and change one: the other changes too. When are the layers made?
"""

shared_stack = nn.Sequential(
    nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
)


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = shared_stack

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
