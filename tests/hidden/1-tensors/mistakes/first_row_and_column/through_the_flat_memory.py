"""All numbers in one row, and every so many of them.

fails: test_gives_views_of_the_matrix
hint: What becomes of a matrix that was made by turning another: is there a step that copies it?
"""


def first_row_and_column(m):
    columns = m.shape[1]
    flat = m.reshape(-1)
    return flat[:columns], flat[::columns]
