"""forward switches gradients off: no parameter can be trained.

fails: test_each_network_learns_by_gradients_of_its_own
hint: Your logits are right. Who needs the way back from them to the weights?
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
        with torch.no_grad():
            return self.linear_relu_stack(self.flatten(x))
