"""Linear layers without biases.

fails: test_has_the_parameters_of_three_linear_layers, test_computes_784_512_512_10_with_relu_between, test_ends_with_the_last_layer_and_gives_logits, test_each_network_learns_by_gradients_of_its_own
hint: How many parameter tensors does the docstring promise? What does a linear layer add at the end?
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
