"""stack wants equal sizes and adds an axis.

fails: test_joins_the_labels_in_the_order_of_the_pass, test_joins_a_short_last_batch_too, test_is_one_tensor_of_int64
hint: Shall there be a new axis? Compare what stack and cat do with shapes (4,), (4,), (2,).
"""


def all_labels(loader):
    return torch.stack([y for X, y in loader])
