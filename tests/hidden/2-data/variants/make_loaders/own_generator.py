"""With a seeded generator of its own: repeatable, and another order in each pass."""


def make_loaders(train_data, test_data, batch_size=64):
    generator = torch.Generator().manual_seed(0)
    train_loader = DataLoader(train_data, batch_size, shuffle=True, generator=generator)
    test_loader = DataLoader(test_data, batch_size, shuffle=False)
    return train_loader, test_loader
