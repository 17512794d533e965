"""dot is the product of two vectors.

fails: test_multiplies_rows_by_columns, test_takes_square_matrices_in_the_given_order,
test_keeps_whole_numbers_whole, test_keeps_both_axes
hint: The operation is made for vectors, each with one axis. Which one multiplies matrices?
"""


def matrix_product(a, b):
    return torch.dot(a, b)
