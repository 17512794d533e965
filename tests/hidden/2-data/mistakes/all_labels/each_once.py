"""unique keeps each label once.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: How many labels should there be in all?
"""


def all_labels(loader):
    return torch.unique(torch.cat([y for X, y in loader]))
