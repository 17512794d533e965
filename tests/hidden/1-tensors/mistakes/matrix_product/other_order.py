"""The product of b and a.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_keeps_both_axes
hint: A product of matrices depends on the order. Which of the two stands on the left?
"""


def matrix_product(a, b):
    return b @ a
