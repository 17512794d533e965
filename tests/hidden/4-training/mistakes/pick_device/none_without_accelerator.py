"""None, which current_accelerator() gives where PyTorch is built for the CPU alone, is passed on.

fails: test_takes_the_cpu_where_there_is_none
hint: What does your function return on a machine without an accelerator?
"""


def pick_device():
    return torch.accelerator.current_accelerator()
