"""The result is kept and handed out again for the same tensor.

fails: test_multiplies_anew_at_each_call
hint: What comes back when the function is called once more, after somebody has written into a?
"""


from functools import lru_cache


@lru_cache
def matrix_product(a, b):
    return a @ b
