"""The loader shuffles, and the data set is mixed as well.

fails: test_changes_neither_the_data_nor_the_seed
hint: What does your function do to train_data itself?
"""


def make_loaders(train_data, test_data, batch_size=64):
    order = torch.randperm(len(train_data))
    train_data.tensors = tuple(part[order] for part in train_data.tensors)
    return DataLoader(train_data, batch_size, shuffle=True), DataLoader(test_data, batch_size)
