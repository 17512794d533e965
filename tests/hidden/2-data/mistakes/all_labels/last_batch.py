"""y after the loop is the last batch.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: Which batch are your labels from, and where are those of the others?
"""


def all_labels(loader):
    for X, y in loader:
        pass
    return y
