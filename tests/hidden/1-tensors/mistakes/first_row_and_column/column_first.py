"""Row and column are swapped.

fails: test_finds_the_numbers_of_row_and_column, test_gives_both_with_one_axis,
test_gives_views_of_the_matrix, test_gives_both_on_the_device_of_m
hint: Both are there. Which of them does the docstring name first?
"""


def first_row_and_column(m):
    return m[:, 0], m[0]
