# In this mode PyTorch puts NaN into memory that was asked for and not filled.
torch.use_deterministic_algorithms(True, warn_only=True)
try:
    _pair = _zeros, _ones = zeros_and_ones((3, 7))
    _others = [*zeros_and_ones((5,)), *zeros_and_ones((2, 4, 3))]
finally:
    torch.use_deterministic_algorithms(False)

# test_gives_zeros_then_ones
assert isinstance(_pair, (tuple, list))
assert [_zeros.dtype, _ones.dtype] == [torch.float32] * 2
assert [_zeros.tolist(), _ones.tolist()] == [[[0.0] * 7] * 3, [[1.0] * 7] * 3]

# test_fills_a_shape_with_any_number_of_axes
_wanted = [torch.zeros(5), torch.ones(5), torch.zeros(2, 4, 3), torch.ones(2, 4, 3)]
assert all(map(torch.equal, _others, _wanted))

# test_makes_new_tensors_at_each_call
_zeros[1, 2] = _ones[1, 2] = 9.0
assert all(map(torch.equal, zeros_and_ones((3, 7)), [torch.zeros(3, 7), torch.ones(3, 7)]))
