"""Python lists instead of tensors.

fails: test_finds_the_numbers_of_row_and_column, test_gives_both_with_one_axis,
test_gives_views_of_the_matrix
hint: These are Python lists. Which step leaves PyTorch?
"""


def first_row_and_column(m):
    return m[0].tolist(), m[:, 0].tolist()
