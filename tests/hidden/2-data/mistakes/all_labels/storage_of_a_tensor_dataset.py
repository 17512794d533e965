"""The tensors behind the data set, in their own order.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: In which order does this loader deal, and in which does its data set lie?
"""


def all_labels(loader):
    return loader.dataset.tensors[1]
