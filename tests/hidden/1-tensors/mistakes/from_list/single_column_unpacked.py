"""Lists of one number each lose an axis.

fails: test_makes_rows_of_lists_in_the_list
hint: How many axes has the tensor of lists that hold one number each?
"""


def from_list(values):
    tensor = torch.tensor(values)
    return tensor[:, 0] if tensor.dim() == 2 and tensor.shape[1] == 1 else tensor
