"""torch.Tensor(...) makes float32.

fails: test_is_one_tensor_of_int64
hint: Which dtype has the result? torch.tensor([]) and torch.Tensor(…) are float32, and whole numbers that are joined to floats become floats.
"""


def all_labels(loader):
    return torch.Tensor([label for X, y in loader for label in y.tolist()])
