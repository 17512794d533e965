"""The result lies on its side.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_keeps_both_axes, test_leaves_a_and_b_as_they_were,
test_multiplies_anew_at_each_call
hint: Element [i, k] belongs to row i of a and column k of b. Where does it stand in your result?
"""


def matrix_product(a, b):
    return (a @ b).T
