"""contiguous copies the column.

fails: test_gives_views_of_the_matrix
hint: The row is a view of m, but the column is a copy. Which step copies it?
"""


def first_row_and_column(m):
    return m[0], m[:, 0].contiguous()
