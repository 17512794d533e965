"""The attribute targets is the storage's order, and not every data set has it.

fails: test_gives_the_labels_in_the_order_of_the_pass, test_is_one_tensor_with_one_axis, test_is_of_int64
hint: Is this something that every data set has? Ask the loader itself.
"""


def all_labels(loader):
    return loader.dataset.targets
