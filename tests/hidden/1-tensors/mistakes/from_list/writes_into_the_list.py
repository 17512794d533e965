"""Each value in the list is replaced by a tensor.

fails: test_leaves_the_list_as_it_was
hint: Others may still need the list. Does a step write into it, or take something out of it?
"""


def from_list(values):
    for index, value in enumerate(values):
        values[index] = torch.tensor(value)
    return torch.stack(values)
