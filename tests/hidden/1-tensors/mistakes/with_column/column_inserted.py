"""A column is put in between, so there is one more.

fails: test_sets_the_column, test_sets_any_column_from_first_to_last,
test_with_column_keeps_the_dtype, test_with_column_leaves_m_as_it_was
hint: There is a column too many. Where did the old column j go?
"""


def with_column(m, j, value):
    column = torch.full((m.shape[0], 1), value, dtype=m.dtype)
    return torch.cat([m[:, :j], column, m[:, j:]], dim=1)
