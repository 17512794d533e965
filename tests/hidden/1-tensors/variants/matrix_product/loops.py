"""Three plain loops, in the inputs' dtype."""


def matrix_product(a, b):
    n, k = a.shape
    m = b.shape[1]
    result = torch.zeros(n, m, dtype=a.dtype)
    for row in range(n):
        for column in range(m):
            for inner in range(k):
                result[row, column] += a[row, inner] * b[inner, column]
    return result
