"""The tensor is cast to float32, which makes a copy of any other dtype.

fails: test_keeps_the_dtype, test_shows_what_is_written_into_the_array_later
hint: Another dtype needs other memory, so the link to the array is lost: return the tensor as
from_numpy gives it.
"""


def from_numpy_shared(a):
    return torch.from_numpy(a).float()
