"""The new column is made on the CPU, wherever m is.

fails: test_with_column_stays_on_the_device_of_m
hint: Where is m, and where is the column that you made for it?
"""


def with_column(m, j, value):
    column = torch.full((m.shape[0], 1), value, dtype=m.dtype)
    return torch.cat([m[:, :j], column, m[:, j + 1 :]], dim=1)
