"""random_split mixes once and for all, and the loader keeps that order.

fails: test_training_order_is_another_in_every_pass
hint: When is the order drawn, and how often? Look at the second pass over the loader.
"""


def make_loaders(train_data, test_data, batch_size=64):
    (mixed,) = random_split(train_data, [len(train_data)])
    return DataLoader(mixed, batch_size=batch_size), DataLoader(test_data, batch_size=batch_size)
