"""drop_last throws the short last batch away, of training and of testing.

fails: test_training_loader_gives_every_sample_once, test_test_loader_gives_every_sample_in_order
hint: How many samples does a pass give in all? What does drop_last drop?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True, drop_last=True)
    test_loader = DataLoader(test_data, batch_size=batch_size, drop_last=True)
    return train_loader, test_loader
