"""Einstein's summation."""


def matrix_product(a, b):
    return torch.einsum("ij,jk->ik", a, b)
