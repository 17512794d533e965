"""current_accelerator() is passed on unasked: it names a GPU where PyTorch was built for GPUs.

fails: test_takes_the_cpu_where_there_is_none
hint: There PyTorch was built for GPUs, and none is there. What tells whether one can be used?
"""


def pick_device():
    kind = torch.accelerator.current_accelerator()
    return torch.device("cpu") if kind is None else kind
