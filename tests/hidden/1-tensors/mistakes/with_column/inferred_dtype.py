"""The copy goes through a list, and float64 becomes float32.

fails: test_with_column_keeps_the_dtype
hint: The dtype was chosen anew. Which copy keeps the dtype of m?
"""


def with_column(m, j, value):
    result = torch.tensor(m.tolist())
    result[:, j] = value
    return result
