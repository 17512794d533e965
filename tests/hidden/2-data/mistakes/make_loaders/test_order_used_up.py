"""The order of the test loader is an iterator, which is used up after one pass.

fails: test_test_loader_gives_every_sample_in_order
hint: How many samples does the test loader give in its second pass?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size, shuffle=True)
    return train_loader, DataLoader(test_data, batch_size, sampler=iter(range(len(test_data))))
