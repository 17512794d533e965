"""Slices keep the axis: the shapes are (1, n) and (n, 1).

fails: test_gives_both_with_one_axis, test_gives_views_of_the_matrix
hint: A slice such as 0:1 keeps its axis; a number takes it away.
"""


def first_row_and_column(m):
    return m[0:1], m[:, 0:1]
