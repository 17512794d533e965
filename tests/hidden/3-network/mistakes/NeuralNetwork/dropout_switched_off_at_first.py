"""Dropout, and evaluation mode in __init__: as soon as somebody trains, the logits change from call to call.

fails: test_computes_784_512_512_10_with_relu_between
hint: Does your network give the same twice, after net.train()?
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Dropout(0.5),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )
        self.eval()

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
