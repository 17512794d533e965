# In this mode PyTorch puts NaN into memory that was asked for and not filled.
torch.use_deterministic_algorithms(True, warn_only=True)
try:
    _pair = _zeros, _ones = zeros_and_ones((3, 7))
    _others = [*zeros_and_ones((5,)), *zeros_and_ones((2, 1, 3))]
finally:
    torch.use_deterministic_algorithms(False)

# test_gives_zeros_then_ones
assert isinstance(_pair, (tuple, list))
assert [_zeros.tolist(), _ones.tolist()] == [[[0.0] * 7] * 3, [[1.0] * 7] * 3]

# test_fills_a_shape_with_any_number_of_axes
_wanted = [torch.zeros(5), torch.ones(5), torch.zeros(2, 1, 3), torch.ones(2, 1, 3)]
assert [_one.shape for _one in zeros_and_ones((1, 2, 3, 1, 2))] == [(1, 2, 3, 1, 2)] * 2
assert all(torch.equal(_one.float(), _two) for _one, _two in zip(_others, _wanted, strict=True))

# test_gives_float32_twice
assert [_zeros.dtype, _ones.dtype] == [torch.float32] * 2

# test_makes_new_tensors_at_each_call
_zeros[1, 2] = _ones[1, 2] = 9
assert [_zeros.sum(), _ones.sum()] == [9, 29]
assert [_one.sum() for _one in zeros_and_ones((3, 7))] == [0, 21]
for _sizes, _total in (((4,), 4), ((2, 3, 4), 24)):
    _zeros, _ones = zeros_and_ones(_sizes)
    _zeros.view(-1)[0] = _ones.view(-1)[0] = 9
    assert [_zeros.sum(), _ones.sum()] == [9, _total + 8]
