"""The images are joined, not the labels.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: Which part of the pair (X, y) holds the labels?
"""


def all_labels(loader):
    return torch.cat([X for X, y in loader])
