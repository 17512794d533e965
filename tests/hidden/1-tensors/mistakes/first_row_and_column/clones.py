"""The right numbers, as copies.

fails: test_gives_views_of_the_matrix
hint: Indexing with a number gives a view already: what does clone() add?
"""


def first_row_and_column(m):
    return m[0].clone(), m[:, 0].clone()
