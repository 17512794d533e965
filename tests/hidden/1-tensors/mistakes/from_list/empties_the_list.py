"""The values are taken out of the list, one by one.

fails: test_leaves_the_list_as_it_was
hint: Others may still need the list. Does a step write into it, or take something out of it?
"""


def from_list(values):
    parts = []
    while values:
        parts.append(torch.tensor(values.pop(0)))
    return torch.stack(parts)
