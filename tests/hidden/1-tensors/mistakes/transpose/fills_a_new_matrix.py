"""Element by element into zeros of float32.

fails: test_transpose_keeps_the_dtype, test_is_a_view
hint: The dtype is another and the memory is new. Can the result be made from m itself?
"""


def transpose(m):
    rows, columns = m.shape
    result = torch.zeros(columns, rows)
    for i in range(rows):
        for j in range(columns):
            result[j, i] = m[i, j]
    return result
