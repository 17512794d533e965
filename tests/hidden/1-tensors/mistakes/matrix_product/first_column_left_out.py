"""The innermost loop starts one too late.

fails: test_takes_square_matrices_in_the_given_order, test_keeps_whole_numbers_whole,
test_matrix_product_keeps_float64, test_keeps_both_axes, test_takes_turned_matrices_too,
test_matrix_product_is_right_to_the_last_digit, test_leaves_a_and_b_as_they_were,
test_multiplies_anew_at_each_call
hint: Each sum lacks a part: do your sums begin with the first column of a, and the first row of b?
"""


def matrix_product(a, b):
    n, k = a.shape
    result = torch.zeros(n, b.shape[1], dtype=a.dtype)
    for inner in range(1, k):
        result += torch.outer(a[:, inner], b[inner])
    return result
