"""The result is kept and handed out again for the same tensor.

fails: test_moves_anew_at_each_call
hint: What comes when the function is called once more, after somebody has written into t?
"""


from functools import lru_cache


@lru_cache
def to_device(t, device):
    return t.to(device)
