"""is_available without parentheses is a function, and a function counts as true.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Without parentheses is_available is the function itself, which counts as true. What calls it?
"""


def pick_device():
    return torch.device("cuda" if torch.cuda.is_available else "cpu")
