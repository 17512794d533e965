"""squeeze takes away the axis of a list with one number.

fails: test_makes_one_element_of_a_list_with_one_number
hint: A list with one number still gives one axis. How many has your tensor?
"""


def from_list(values):
    return torch.tensor(values).squeeze()
