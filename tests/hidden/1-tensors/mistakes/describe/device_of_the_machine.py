"""What the machine has is told, not where the tensor is.

fails: test_tells_the_device_third
hint: A machine with a GPU has a CPU too: where is this very tensor?
"""


def describe(t):
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return t.shape, t.dtype, device
