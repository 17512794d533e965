"""The training batches are made once and kept in a list.

fails: test_training_loader_gives_every_sample_once, test_training_order_is_another_in_every_pass, test_test_loader_gives_every_sample_in_order, test_batches_have_the_size_that_is_asked_for, test_batches_hold_64_samples_by_default
hint: Is it a loader, which deals anew in each pass, or are the hands dealt already?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = list(DataLoader(train_data, batch_size=batch_size, shuffle=True))
    test_loader = list(DataLoader(test_data, batch_size=batch_size))
    return train_loader, test_loader
