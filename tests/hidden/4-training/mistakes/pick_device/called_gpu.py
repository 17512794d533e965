"""The device is called "gpu", which torch does not know.

fails: test_takes_the_accelerator_where_there_is_one
hint: What is an NVIDIA GPU called in torch?
"""


def pick_device():
    return "gpu" if torch.cuda.is_available() else "cpu"
