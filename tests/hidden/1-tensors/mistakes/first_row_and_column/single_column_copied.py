"""Of a matrix with one column both parts are copies.

fails: test_gives_views_of_the_matrix
hint: Try a matrix with one column: do both parts show what is written into it later?
"""


def first_row_and_column(m):
    if m.shape[1] == 1:
        return m[0].clone(), m[:, 0].clone()
    return m[0], m[:, 0]
