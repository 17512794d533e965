"""The star multiplies element by element.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_keeps_both_axes
hint: Elements in the same place are paired here. Which operator pairs rows with columns?
"""


def matrix_product(a, b):
    return a * b
