"""Everything is added up to a single number.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_keeps_both_axes
hint: Each element of the result is a sum of its own: which axis is summed over, and which stay?
"""


def matrix_product(a, b):
    return (a * b.T).sum()
