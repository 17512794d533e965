"""The return stands inside the loop.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_is_one_tensor_of_int64
hint: How far is return indented, and how many batches are seen before it?
"""


def all_labels(loader):
    labels = []
    for X, y in loader:
        labels.append(y)
        return torch.cat(labels)
