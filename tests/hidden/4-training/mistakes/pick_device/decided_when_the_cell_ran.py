"""The choice was made once, when the cell ran.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Does the function ask each time that it is called, or only once, before?
"""


CHOSEN = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def pick_device():
    return CHOSEN
