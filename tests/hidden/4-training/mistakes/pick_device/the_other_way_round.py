"""The two devices are swapped.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Read your condition aloud: what if a GPU is there?
"""


def pick_device():
    return "cpu" if torch.cuda.is_available() else "cuda"
