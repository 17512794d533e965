"""Layers that find out their number of inputs when they first run."""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.LazyLinear(512), nn.ReLU(), nn.LazyLinear(512), nn.ReLU(), nn.LazyLinear(10)
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
