"""The tensors behind the data set, in their own order.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_joins_a_short_last_batch_too, test_is_one_tensor_of_int64
hint: What if the loader deals in another order than the data set lies?
"""


def all_labels(loader):
    return loader.dataset.tensors[1]
