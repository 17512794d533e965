"""Linear layers without biases.

fails: test_has_the_parameters_of_three_linear_layers
hint: Half of the parameter tensors are missing. What does a linear layer add at the end?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(784, 512, bias=False),
            nn.ReLU(),
            nn.Linear(512, 512, bias=False),
            nn.ReLU(),
            nn.Linear(512, 10, bias=False),
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
