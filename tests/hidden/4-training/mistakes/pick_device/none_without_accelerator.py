"""current_accelerator() gives None where there is none, and None is passed on.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: What does current_accelerator() give on a machine without one?
"""


def pick_device():
    return torch.accelerator.current_accelerator()
