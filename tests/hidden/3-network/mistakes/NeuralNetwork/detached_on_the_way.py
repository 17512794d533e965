"""A detach in the middle: the first layer never learns.

fails: test_each_network_learns_by_gradients_of_its_own
hint: After backward() some of your parameters have no gradient. What cuts the way to them?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(784, 512)
        self.second = nn.Linear(512, 512)
        self.third = nn.Linear(512, 10)

    def forward(self, x):
        x = torch.relu(self.first(x.flatten(1))).detach()
        x = torch.relu(self.second(x))
        return self.third(x)
