"""Always the CPU, also where there is a GPU.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: With a GPU the answer is still the CPU: does the function ask torch, each time that it is
called, whether there is one?
"""


def pick_device():
    return torch.device("cpu")
