"""Always cuda, also where there is none.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Without a GPU the answer is still cuda: is it torch.cuda.is_available() that decides, and is
it called, with its parentheses?
"""


def pick_device():
    return torch.device("cuda")
