"""One hidden layer is used twice: the third one's numbers are missing.

fails: test_has_the_parameters_of_three_linear_layers, test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_ends_with_the_last_layer_and_gives_logits, test_each_network_learns_by_gradients_of_its_own
hint: How many layers does your network own, however often it uses them?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.first = nn.Linear(784, 512)
        self.hidden = nn.Linear(512, 512)

    def forward(self, x):
        x = torch.relu(self.first(self.flatten(x)))
        x = torch.relu(self.hidden(x))
        return self.hidden(x)[:, :10]
