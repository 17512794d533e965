"""Of a high matrix with several columns row and column change places.

fails: test_finds_row_and_column_of_a_turned_matrix
hint: Try a matrix with more rows than columns: which of the two comes first?
"""


def first_row_and_column(m):
    pair = m[0], m[:, 0]
    rows, columns = m.shape
    return pair[::-1] if rows > columns > 1 else pair
