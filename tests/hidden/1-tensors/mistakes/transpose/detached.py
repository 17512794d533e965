"""detach cuts the tie to the gradient.

fails: test_lets_gradients_through
hint: No gradient comes back through this result. Which step cuts the way?
"""


def transpose(m):
    return m.detach().T
