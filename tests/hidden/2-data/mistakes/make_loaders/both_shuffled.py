"""The test loader shuffles too.

fails: test_test_loader_gives_every_sample_in_order
hint: You want to look at test image number 17 and its prediction. Where are they in your loader?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(test_data, batch_size=batch_size, shuffle=True)
    return train_loader, test_loader
