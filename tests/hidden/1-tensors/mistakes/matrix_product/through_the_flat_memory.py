"""view needs numbers that lie in order.

fails: test_takes_turned_matrices_too
hint: Does it work for a matrix that was made by turning another? Its numbers lie in another order.
"""


def matrix_product(a, b):
    rows = a.view(-1).split(a.shape[1])
    return torch.stack([(row[:, None] * b).sum(dim=0) for row in rows])
