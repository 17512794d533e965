"""The test loader deals out everything in one batch.

fails: test_batches_have_the_size_that_is_asked_for, test_batches_hold_64_samples_by_default
hint: How many images come at once from the test loader?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
    return train_loader, DataLoader(test_data, batch_size=len(test_data))
