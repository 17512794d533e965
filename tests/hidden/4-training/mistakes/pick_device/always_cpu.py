"""Always the CPU, also where there is a GPU.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: What do you return on a machine with a GPU?
"""


def pick_device():
    return torch.device("cpu")
