"""Everything in one Sequential, the flattening too."""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        relu = nn.ReLU(inplace=True)
        self.everything = nn.Sequential(
            nn.Flatten(), nn.Linear(784, 512), relu, nn.Linear(512, 512), relu, nn.Linear(512, 10)
        )

    def forward(self, x):
        logits = self.everything(x)
        return logits
