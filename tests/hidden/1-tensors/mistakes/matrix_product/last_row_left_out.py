"""The outer loop ends one too early, and the last row of the result stays 0.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_matrix_product_keeps_float64, test_keeps_both_axes,
test_takes_turned_matrices_too, test_matrix_product_is_right_to_the_last_digit,
test_leaves_a_and_b_as_they_were, test_multiplies_anew_at_each_call
hint: Which row of the result is all zeros, and which row of a belongs to it?
"""


def matrix_product(a, b):
    result = torch.zeros(a.shape[0], b.shape[1], dtype=a.dtype)
    for row in range(a.shape[0] - 1):
        result[row] = (a[row, :, None] * b).sum(dim=0)
    return result
