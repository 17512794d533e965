"""The result is kept and handed out again for the same tensor.

fails: test_makes_a_new_matrix_at_each_call
hint: What comes when the function is called once more, after somebody has written into m?
"""


from functools import lru_cache


@lru_cache
def with_column(m, j, value):
    result = m.clone()
    result[:, j] = value
    return result
