"""torch.Tensor(...) makes float32.

fails: test_is_of_int64
hint: Which dtype has your result, and which part of your code is it from?
"""


def all_labels(loader):
    return torch.Tensor([label for X, y in loader for label in y.tolist()])
