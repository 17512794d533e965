"""The right numbers, as copies.

fails: test_gives_views_of_the_matrix
hint: The numbers are right, but both parts are copies. Which step copies them?
"""


def first_row_and_column(m):
    return m[0].clone(), m[:, 0].clone()
