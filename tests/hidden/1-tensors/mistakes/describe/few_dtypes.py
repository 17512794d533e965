"""Dtypes that are not in a list of its own count as float32.

fails: test_tells_the_dtype_second
hint: For uint8, float32 came back. Who knows the dtype of t?
"""


def describe(t):
    for dtype in (torch.float64, torch.int64, torch.int32, torch.bool):
        if t.dtype == dtype:
            return t.shape, dtype, t.device
    return t.shape, torch.float32, t.device
