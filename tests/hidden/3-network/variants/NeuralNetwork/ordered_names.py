"""A Sequential with names for its parts, called part by part."""

from collections import OrderedDict


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten(start_dim=1)
        self.linear_relu_stack = nn.Sequential(
            OrderedDict(
                fc1=nn.Linear(784, 512),
                act1=nn.ReLU(),
                fc2=nn.Linear(512, 512),
                act2=nn.ReLU(),
                fc3=nn.Linear(512, 10),
            )
        )

    def forward(self, x):
        x = self.flatten(x)
        for part in self.linear_relu_stack:
            x = part(x)
        return x
