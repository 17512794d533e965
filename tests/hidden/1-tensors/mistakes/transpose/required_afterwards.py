"""A copy made by NumPy, which is then told to require a gradient: none comes through it.

fails: test_is_a_view, test_lets_gradients_through
hint: The result says that it requires a gradient. Does one ever reach m through it?
"""


def transpose(m):
    return torch.from_numpy(m.detach().numpy().T.copy()).requires_grad_(m.requires_grad)
