"""A list with one list in it loses an axis.

fails: test_makes_rows_of_lists_in_the_list
hint: How many axes has the tensor of a list that holds one list?
"""


def from_list(values):
    tensor = torch.tensor(values)
    return tensor[0] if tensor.dim() == 2 and len(tensor) == 1 else tensor
