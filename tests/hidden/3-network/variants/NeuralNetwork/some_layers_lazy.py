"""Only some of the layers are lazy, and none is in a stack."""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.LazyLinear(10)
        self.first = nn.LazyLinear(512)
        self.second = nn.Linear(512, 512)

    def forward(self, x):
        x = torch.relu(self.first(torch.flatten(x, 1)))
        return self.out(torch.relu(self.second(x)))
