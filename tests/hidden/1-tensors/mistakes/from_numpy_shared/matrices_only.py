"""What has not two axes is copied.

fails: test_shares_the_memory_of_an_array_of_any_kind
hint: An array may have one axis, or three: is its memory shared too?
"""


def from_numpy_shared(a):
    tensor = torch.from_numpy(a)
    return tensor if tensor.dim() == 2 else tensor.clone()
