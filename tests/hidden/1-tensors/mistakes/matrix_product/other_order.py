"""The product of b and a.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_keeps_both_axes
hint: Matrix products depend on the order: a comes first.
"""


def matrix_product(a, b):
    return b @ a
