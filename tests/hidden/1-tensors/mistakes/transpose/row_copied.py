"""A single row is copied into a column.

fails: test_is_a_view
hint: Try a matrix with one row: does the result show what is written into m later?
"""


def transpose(m):
    if m.shape[0] == 1:
        return torch.stack(list(m[0])).unsqueeze(1)
    return m.T
