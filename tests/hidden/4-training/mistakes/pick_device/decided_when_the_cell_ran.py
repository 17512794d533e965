"""The choice was made once, when the cell ran.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: With a GPU the answer is still the CPU: does the function ask torch, each time that it is
called, whether there is one?
"""


CHOSEN = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def pick_device():
    return CHOSEN
