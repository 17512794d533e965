"""Always cuda, also where there is none.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: What do you return on a machine without a GPU?
"""


def pick_device():
    return torch.device("cuda")
