"""current_accelerator() is passed on unasked: it names a GPU where PyTorch was built for GPUs.

fails: test_takes_the_cpu_where_there_is_none
hint: current_accelerator() tells what PyTorch was built for. What tells whether one is there?
"""


def pick_device():
    kind = torch.accelerator.current_accelerator()
    return torch.device("cpu") if kind is None else kind
