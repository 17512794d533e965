"""The data set itself is mixed, once.

fails: test_training_order_is_another_in_every_pass, test_changes_neither_the_data_nor_the_seed
hint: Who should mix the cards: the deck or the dealer? Look at train_data after the call.
"""


def make_loaders(train_data, test_data, batch_size=64):
    order = torch.randperm(len(train_data))
    train_data.tensors = tuple(part[order] for part in train_data.tensors)
    return DataLoader(train_data, batch_size), DataLoader(test_data, batch_size)
