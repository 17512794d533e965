"""stack wants equal sizes and adds an axis.

fails: test_joins_a_short_last_batch_too, test_is_one_tensor_with_one_axis
hint: Shall there be a new axis? Compare what the two functions in the table do.
"""


def all_labels(loader):
    return torch.stack([y for X, y in loader])
