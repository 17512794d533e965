"""The device is made the default one too: from then on all new tensors are made there.

fails: test_takes_the_accelerator_where_there_is_one
hint: Where is torch.ones(2) made after your function? It is asked to tell a device, no more.
"""


def pick_device():
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_default_device(device)
    return device
