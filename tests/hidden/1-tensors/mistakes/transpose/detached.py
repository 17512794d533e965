"""detach cuts the tie to the gradient.

fails: test_lets_gradients_through
hint: detach() cuts the way back for gradients: is it needed?
"""


def transpose(m):
    return m.detach().T
