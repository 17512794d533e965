"""The layers' weights, multiplied by hand, and ReLU by where."""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 512)
        self.fc2 = nn.Linear(512, 512)
        self.fc3 = nn.Linear(512, 10)

    def forward(self, x):
        x = x.reshape(-1, 784)
        for layer in (self.fc1, self.fc2):
            x = x @ layer.weight.T + layer.bias
            x = torch.where(x > 0, x, 0.0)
        return x @ self.fc3.weight.T + self.fc3.bias
