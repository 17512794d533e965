"""int32 takes less memory, and is not what was asked for.

fails: test_is_of_int64
hint: Which dtype do labels have in PyTorch, and which has your result?
"""


def all_labels(loader):
    return torch.cat([y for X, y in loader]).to(torch.int32)
