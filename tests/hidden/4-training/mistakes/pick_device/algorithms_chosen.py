"""cuDNN is told to look for fast algorithms by the way: all programs that ask for the device have that now.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Which settings are other ones after the call? The function only tells a device.
"""


def pick_device():
    torch.backends.cudnn.benchmark = True
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")
