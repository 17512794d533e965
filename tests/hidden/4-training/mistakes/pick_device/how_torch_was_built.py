"""It asks how PyTorch was built, not what this machine has.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: A PyTorch that was built for GPUs also runs where there is none: does it see one?
"""


def pick_device():
    return torch.device("cuda" if torch.backends.cuda.is_built() else "cpu")
