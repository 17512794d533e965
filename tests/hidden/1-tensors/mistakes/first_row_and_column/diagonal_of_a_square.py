"""Of a square matrix the diagonal is taken for the column.

fails: test_finds_row_and_column_of_a_turned_matrix
hint: Try a square matrix: which numbers does the second tensor hold?
"""


def first_row_and_column(m):
    column = torch.diagonal(m) if m.shape[0] == m.shape[1] else m[:, 0]
    return m[0], column
