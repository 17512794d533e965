"""A list as an index copies and keeps the axis.

fails: test_gives_both_with_one_axis, test_gives_views_of_the_matrix
hint: A list of indices copies and keeps the axis; a plain number does neither.
"""


def first_row_and_column(m):
    return m[[0]], m[:, [0]]
