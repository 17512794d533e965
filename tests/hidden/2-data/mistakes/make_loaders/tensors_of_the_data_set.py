"""A data set of its own is made of the tensors of the one given: not every data set has some.

fails: test_short_last_batches_are_dealt_out_too
hint: Does every data set have this attribute? Try it with the digits.
"""


def make_loaders(train_data, test_data, batch_size=64):
    images, labels = train_data.tensors
    train_loader = DataLoader(TensorDataset(images, labels), batch_size, shuffle=True)
    return train_loader, DataLoader(test_data, batch_size)
