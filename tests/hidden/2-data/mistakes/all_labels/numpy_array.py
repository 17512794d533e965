"""A NumPy array instead of a tensor.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_joins_a_short_last_batch_too, test_is_one_tensor_of_int64
hint: What type has the result? What makes a tensor of it?
"""


def all_labels(loader):
    return np.concatenate([y.numpy() for X, y in loader])
