"""Word for word: cut into its lines, these laid end to end."""


def flatten_images(X):
    lines = [X[:, 0, row, :] for row in range(28)]
    return torch.cat(lines, dim=1)
