"""y after the loop is the last batch.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_is_one_tensor_of_int64
hint: What is in y after the loop has ended, and where are the labels of the other batches?
"""


def all_labels(loader):
    for X, y in loader:
        pass
    return y
