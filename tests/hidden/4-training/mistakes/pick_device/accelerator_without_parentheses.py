"""The question of torch.accelerator is not called.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Without parentheses is_available is the function itself, which counts as true. What calls it?
"""


def pick_device():
    if torch.accelerator.is_available:
        return torch.device("cuda")
    return torch.device("cpu")
