"""It asks how PyTorch was built, not what this machine has.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: is_built() tells what PyTorch was built for. What tells whether a GPU is there?
"""


def pick_device():
    return torch.device("cuda" if torch.backends.cuda.is_built() else "cpu")
