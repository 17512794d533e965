"""b is turned: an error, or other numbers where b is square.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_keeps_both_axes
hint: The inner sizes agreed already. Is one of the two sides turned?
"""


def matrix_product(a, b):
    return a @ b.T
