"""A list as an index copies and keeps the axis.

fails: test_gives_both_with_one_axis, test_gives_views_of_the_matrix
hint: Both are copies and have an axis too many. What does a plain number as an index do?
"""


def first_row_and_column(m):
    return m[[0]], m[:, [0]]
