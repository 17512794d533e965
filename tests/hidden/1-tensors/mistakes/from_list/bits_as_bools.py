"""A list of nothing but 0 and 1 becomes a tensor of bools.

fails: test_makes_int64_of_whole_numbers
hint: In Python 1 == True. Is a list of 0 and 1 a list of bools, then?
"""


def from_list(values):
    tensor = torch.tensor(values)
    if tensor.dim() == 1 and all(value in [True, False] for value in values):
        return tensor.bool()
    return tensor
