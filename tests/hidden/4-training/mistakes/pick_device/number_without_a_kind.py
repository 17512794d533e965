"""The GPU's number is returned, and not which kind of device it is.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Is a number a device? torch.device() wants a kind too.
"""


def pick_device():
    return torch.accelerator.current_device_index() if torch.cuda.is_available() else "cpu"
