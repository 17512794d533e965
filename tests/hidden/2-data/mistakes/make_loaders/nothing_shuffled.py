"""The training samples come in the order of the data set.

fails: test_training_order_is_another_in_every_pass
hint: In which order do the training samples come, in the first pass and in the second?
"""


def make_loaders(train_data, test_data, batch_size=64):
    return DataLoader(train_data, batch_size=batch_size), DataLoader(test_data, batch_size=batch_size)
