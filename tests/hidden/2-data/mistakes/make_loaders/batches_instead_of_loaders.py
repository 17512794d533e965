"""The first batches are returned, not the loaders.

fails: test_training_loader_gives_every_sample_once, test_training_order_is_another_in_every_pass, test_test_loader_gives_every_sample_in_order, test_batches_have_the_size_that_is_asked_for, test_batches_hold_64_samples_by_default
hint: Is the dealer asked for, or his first hand?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
    test_loader = DataLoader(test_data, batch_size=batch_size)
    return next(iter(train_loader)), next(iter(test_loader))
