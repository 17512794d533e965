"""The numbers go to the machine's GPU, wherever t is.

fails: test_stays_on_the_device_of_t
hint: A machine with a GPU has a CPU too: where is t itself?
"""


def random_like(t):
    device = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else "cpu"
    return torch.rand(t.shape, device=device)
