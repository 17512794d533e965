"""NumPy can't follow gradients.

fails: test_lets_gradients_through
hint: NumPy knows nothing of gradients or devices: stay in PyTorch, .T keeps both.
"""


def transpose(m):
    return torch.from_numpy(np.transpose(m.numpy()))
