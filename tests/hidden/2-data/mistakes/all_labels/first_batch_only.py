"""The return stands inside the loop.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: Labels of how many batches are in your result?
"""


def all_labels(loader):
    labels = []
    for X, y in loader:
        labels.append(y)
        return torch.cat(labels)
