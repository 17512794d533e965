"""A column (N, 1) instead of (N,).

fails: test_is_one_tensor_with_one_axis
hint: How many axes should the result have?
"""


def all_labels(loader):
    return torch.cat([y for X, y in loader]).unsqueeze(1)
