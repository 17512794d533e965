"""A NumPy array instead of a tensor.

fails: test_is_one_tensor_with_one_axis, test_is_of_int64
hint: What does type(...) say of your result? It should be a tensor.
"""


def all_labels(loader):
    return np.concatenate([y.numpy() for X, y in loader])
