"""The numbers of three layers, but none is an nn.Linear.

fails: test_has_the_parameters_of_three_linear_layers
hint: The shapes of your parameters are right. Which layers does the docstring ask for?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.first_weight = nn.Parameter(torch.randn(512, 784) * 0.03)
        self.first_offset = nn.Parameter(torch.zeros(512))
        self.second_weight = nn.Parameter(torch.randn(512, 512) * 0.03)
        self.second_offset = nn.Parameter(torch.zeros(512))
        self.third_weight = nn.Parameter(torch.randn(10, 512) * 0.03)
        self.third_offset = nn.Parameter(torch.zeros(10))

    def forward(self, x):
        x = torch.relu(x.flatten(1) @ self.first_weight.T + self.first_offset)
        x = torch.relu(x @ self.second_weight.T + self.second_offset)
        return x @ self.third_weight.T + self.third_offset
