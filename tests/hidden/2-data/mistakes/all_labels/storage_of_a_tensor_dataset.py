"""The tensors behind the data set, in their own order.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_joins_a_short_last_batch_too, test_is_one_tensor_of_int64
hint: In which order does this loader deal, and in which does its data set lie?
"""


def all_labels(loader):
    return loader.dataset.tensors[1]
