"""The result lies on its side.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_keeps_both_axes
hint: Element [i, k] belongs to row i of a and column k of b: are the two swapped at the end?
"""


def matrix_product(a, b):
    return (a @ b).T
