"""The test batches are dealt out once and returned in a list.

fails: test_test_loader_gives_every_sample_in_order
hint: The text asks for two dealers. What are the two things that you return?
"""


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size, shuffle=True)
    return train_loader, list(DataLoader(test_data, batch_size))
