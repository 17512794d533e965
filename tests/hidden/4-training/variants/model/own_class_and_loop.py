"""A class of its own with other names for the layers, and a loop of its own over larger batches."""


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(28 * 28, 512)
        self.second = nn.Linear(512, 512)
        self.last = nn.Linear(512, 10)

    def forward(self, x):
        x = torch.relu(self.first(x.reshape(len(x), -1)))
        return self.last(torch.relu(self.second(x)))


torch.manual_seed(7)
model = Digits()
optimizer = torch.optim.AdamW(model.parameters(), lr=0.002)
model.train()
for _ in range(5):
    for X, y in DataLoader(train_data, batch_size=100, shuffle=True):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(X), y).backward()
        optimizer.step()
