_m = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
_swapped = transpose(_m)

# test_swaps_the_axes
assert _swapped.tolist() == [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]
assert transpose(torch.tensor([[1, 2, 3]])).tolist() == [[1], [2], [3]]

# test_swaps_the_axes_of_a_square_matrix_too
assert transpose(torch.tensor([[1, 2], [3, 4]])).tolist() == [[1, 3], [2, 4]]

# test_transpose_keeps_the_dtype
_dtypes = [torch.float64, torch.int64]
assert [transpose(torch.ones(2, 3, dtype=_dtype)).dtype for _dtype in _dtypes] == _dtypes
assert transpose(torch.tensor([[2**60 + 1, 3]])).tolist() == [[2**60 + 1], [3]]
assert transpose(torch.tensor([[1 + 2j, 3j]])).tolist() == [[1 + 2j], [3j]]

# test_transpose_leaves_m_as_it_was
assert _m.tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]

_square, _line = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[1], [2]])
_of_square, _of_line = transpose(_square), transpose(_line)
assert _square.tolist() == [[1, 2], [3, 4]]
assert _of_line.tolist() == [[1, 2]]

# test_is_a_view
_m[0, 1] = 70.0
assert _swapped.tolist() == [[1.0, 4.0], [70.0, 5.0], [3.0, 6.0]]
assert transpose(_m.T).tolist() == _m.tolist()
for _one in (torch.zeros(2, 2), torch.zeros(1, 3), torch.zeros(2, 3, dtype=torch.int64)):
    _view = transpose(_one)
    _one[0, 1] = 7
    assert _view[1, 0] == 7

# test_lets_gradients_through
_leaf, _weights = torch.ones(2, 3, requires_grad=True), torch.arange(6.0).reshape(3, 2)
(transpose(_leaf) * _weights).sum().backward()
assert torch.equal(_leaf.grad, _weights.T)

# test_transpose_stays_on_the_device_of_m
assert transpose(torch.ones(2, 3, device="meta")).device.type == "meta"
