"""The loaders come in the other order.

fails: test_training_loader_gives_every_sample_once, test_training_order_is_another_in_every_pass, test_test_loader_gives_every_sample_in_order
hint: Your first loader deals out the test samples. Which loader is asked for first?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(test_data, batch_size=batch_size, shuffle=False)
    return test_loader, train_loader
