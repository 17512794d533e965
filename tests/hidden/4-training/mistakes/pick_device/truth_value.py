"""It says whether there is a GPU, instead of naming a device.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Can you write X.to(True)? A device is asked for.
"""


def pick_device():
    return torch.cuda.is_available()
