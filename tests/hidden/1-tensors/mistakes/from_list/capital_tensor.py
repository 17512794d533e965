"""torch.Tensor makes float32 of everything.

fails: test_makes_int64_of_whole_numbers, test_makes_bool_of_bools,
test_makes_one_element_of_a_list_with_one_number, test_makes_rows_of_lists_in_the_list
hint: Whole numbers and bools became floats. Does your code choose the dtype, or PyTorch by looking
at the values?
"""


def from_list(values):
    return torch.Tensor(values)
