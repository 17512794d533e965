"""The order is drawn when the loader is made: each pass has the same.

fails: test_training_order_is_another_in_every_pass
hint: When is the order drawn, and how often? Look at the second pass over the loader.
"""


def make_loaders(train_data, test_data, batch_size=64):
    order = torch.randperm(len(train_data)).tolist()
    train_loader = DataLoader(train_data, batch_size=batch_size, sampler=order)
    return train_loader, DataLoader(test_data, batch_size=batch_size)
