"""The list is spread into arguments of torch.tensor.

fails: test_makes_int64_of_whole_numbers, test_makes_float32_of_floats, test_makes_bool_of_bools,
test_makes_one_element_of_a_list_with_one_number, test_makes_rows_of_lists_in_the_list
hint: Each value arrives as an argument of its own. How does the list reach PyTorch whole?
"""


def from_list(values):
    return torch.tensor(*values)
