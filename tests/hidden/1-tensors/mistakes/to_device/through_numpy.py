"""The numbers go through NumPy, which only works from the CPU.

fails: test_moves_back_to_the_cpu
hint: A tensor on a GPU cannot leave PyTorch. Can the tensor itself be moved?
"""


def to_device(t, device):
    return torch.from_numpy(t.numpy().copy()).to(device)
