"""copy.copy makes a new object over the same memory.

fails: test_with_column_leaves_m_as_it_was
hint: m was changed too: it shares its memory with the new tensor. Which copy has memory of its own?
"""


def with_column(m, j, value):
    out = copy.copy(m)
    out[:, j] = value
    return out
