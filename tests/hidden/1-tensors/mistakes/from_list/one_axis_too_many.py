"""The list is wrapped in another list.

fails: test_makes_int64_of_whole_numbers, test_makes_float32_of_floats, test_makes_bool_of_bools,
test_makes_one_element_of_a_list_with_one_number, test_makes_rows_of_lists_in_the_list
hint: There is an axis too many in front. Which step adds it?
"""


def from_list(values):
    return torch.tensor([values])
