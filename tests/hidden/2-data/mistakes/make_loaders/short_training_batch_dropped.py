"""drop_last throws the short last batch of training away.

fails: test_short_last_batches_are_dealt_out_too
hint: How many samples come in a pass of the training loader? Some are left over.
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True, drop_last=True)
    test_loader = DataLoader(test_data, batch_size=batch_size)
    return train_loader, test_loader
