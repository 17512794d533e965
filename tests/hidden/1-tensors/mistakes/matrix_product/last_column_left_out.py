"""The innermost loop ends one too early.

fails: test_takes_square_matrices_in_the_given_order, test_keeps_whole_numbers_whole,
test_matrix_product_keeps_float64, test_keeps_both_axes, test_takes_turned_matrices_too,
test_matrix_product_is_right_to_the_last_digit, test_leaves_a_and_b_as_they_were,
test_multiplies_anew_at_each_call
hint: Each sum lacks a part: do your sums reach the last column of a, and the last row of b?
"""


def matrix_product(a, b):
    n, k = a.shape
    m = b.shape[1]
    result = torch.zeros(n, m, dtype=a.dtype)
    for row in range(n):
        for column in range(m):
            for inner in range(k - 1):
                result[row, column] += a[row, inner] * b[inner, column]
    return result
