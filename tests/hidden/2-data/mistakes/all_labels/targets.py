"""The attribute targets is the storage's order, and not every data set has it.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_joins_a_short_last_batch_too, test_is_one_tensor_of_int64
hint: Does every data set have this attribute? And does a shuffling loader keep its order?
"""


def all_labels(loader):
    return loader.dataset.targets
