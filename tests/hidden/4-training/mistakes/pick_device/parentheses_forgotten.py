"""is_available without parentheses is a function, and a function counts as true.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Is is_available called, or is the function itself taken for a truth value?
"""


def pick_device():
    return torch.device("cuda" if torch.cuda.is_available else "cpu")
