"""mm, for matrices only."""


def matrix_product(a, b):
    product = torch.mm(a, b)
    return product
