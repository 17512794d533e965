"""Only the row is a copy.

fails: test_gives_views_of_the_matrix
hint: The column is a view of m, but the row is a copy. Which step copies it?
"""


def first_row_and_column(m):
    return m[0].clone(), m[:, 0]
