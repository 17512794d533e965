"""The notebook's train_data and test_data are used, not the arguments.

fails: test_training_loader_gives_every_sample_once, test_training_order_is_another_in_every_pass, test_test_loader_gives_every_sample_in_order
hint: Which data sets does your function use if it is called with others?
"""


def make_loaders(train, test, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(test_data, batch_size=batch_size)
    return train_loader, test_loader
