"""Always cuda, also where there is none.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Without a GPU the answer is still cuda. Which line asks whether there is one?
"""


def pick_device():
    return torch.device("cuda")
