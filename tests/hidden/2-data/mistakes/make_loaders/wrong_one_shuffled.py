"""The test samples are shuffled, those for training are not.

fails: test_training_order_is_another_in_every_pass, test_test_loader_gives_every_sample_in_order
hint: Which of the two loaders has a reason to shuffle?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=False)
    test_loader = DataLoader(test_data, batch_size=batch_size, shuffle=True)
    return train_loader, test_loader
