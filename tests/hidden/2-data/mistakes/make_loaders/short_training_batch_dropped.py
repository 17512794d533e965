"""drop_last throws the short last batch of training away.

fails: test_training_loader_gives_every_sample_once
hint: Does a pass give every training sample?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True, drop_last=True)
    test_loader = DataLoader(test_data, batch_size=batch_size)
    return train_loader, test_loader
