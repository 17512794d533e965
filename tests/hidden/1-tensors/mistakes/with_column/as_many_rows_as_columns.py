"""Of a high matrix only as many rows are written as there are columns.

fails: test_takes_a_matrix_of_any_form
hint: Try a matrix with more rows than columns: is every row of the column set?
"""


def with_column(m, j, value):
    result = m.clone()
    rows, columns = m.shape
    result[: columns if columns > 1 else rows, j] = value
    return result
