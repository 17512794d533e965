"""NumPy can't follow gradients.

fails: test_lets_gradients_through
hint: No gradient can be followed outside PyTorch. Does every step stay in it?
"""


def transpose(m):
    return torch.from_numpy(np.transpose(m.numpy()))
