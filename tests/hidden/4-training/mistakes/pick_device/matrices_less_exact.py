"""Matrices are multiplied less exactly from now on, in all that follows.

fails: test_takes_the_accelerator_where_there_is_one, test_takes_the_cpu_where_there_is_none
hint: Which settings are other ones after the call? The function only tells a device.
"""


def pick_device():
    if torch.cuda.is_available():
        kind = "cuda"
    else:
        kind = "cpu"
    torch.set_float32_matmul_precision("high")
    return torch.device(kind)
