"""The test loader deals out training samples.

fails: test_test_loader_gives_every_sample_in_order
hint: What is the test loader made of?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(train_data, batch_size=batch_size, shuffle=False)
    return train_loader, test_loader
