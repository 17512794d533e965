"""The layers are imported in the cell."""

from torch.nn import Flatten, Linear, Module, ReLU, Sequential


class NeuralNetwork(Module):
    def __init__(self):
        super().__init__()
        self.flatten = Flatten()
        self.layers = Sequential(
            Linear(784, 512), ReLU(), Linear(512, 512), ReLU(), Linear(512, 10)
        )

    def forward(self, x):
        return self.layers(self.flatten(x))
