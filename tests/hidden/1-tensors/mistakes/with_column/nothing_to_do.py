"""Where the column holds the value already, m itself comes back.

fails: test_makes_a_new_matrix_at_each_call
hint: What comes back if the column holds the value already: a new matrix, or m?
"""


def with_column(m, j, value):
    result = m.clone()
    result[:, j] = value
    return m if result.equal(m) else result
