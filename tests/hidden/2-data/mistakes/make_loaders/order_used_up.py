"""The mixed order is an iterator, which is used up after one pass.

fails: test_training_loader_gives_every_sample_once, test_training_order_is_another_in_every_pass
hint: How many samples does the training loader give in its second pass?
"""


def make_loaders(train_data, test_data, batch_size=64):
    order = iter(torch.randperm(len(train_data)).tolist())
    train_loader = DataLoader(train_data, batch_size, sampler=order)
    return train_loader, DataLoader(test_data, batch_size)
