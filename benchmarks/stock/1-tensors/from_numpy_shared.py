_array = np.array([[1.5, -2.0, 0.25], [4.0, 5.5, -6.0]], dtype=np.float32)
_tensor = from_numpy_shared(_array)
_narrow = from_numpy_shared(np.zeros((2, 1, 3)))

# test_holds_the_values_of_the_array
assert torch.equal(_tensor, torch.tensor([[1.5, -2.0, 0.25], [4.0, 5.5, -6.0]]))
assert _narrow.shape == (2, 1, 3)

# test_keeps_the_dtype
_arrays = np.zeros(3), np.zeros(3, dtype=np.uint8), np.zeros((), dtype=np.int64)
_dtypes = [from_numpy_shared(_a).dtype for _a in _arrays]
assert _dtypes == [torch.float64, torch.uint8, torch.int64]
assert from_numpy_shared(np.zeros(())).dtype == torch.float64
assert from_numpy_shared(np.zeros((0, 3))).shape == (0, 3)

# test_shows_what_is_written_into_the_array_later
_array[0, 1] = 70.0
_tensor[1, 0] = 80.0
assert _tensor[0, 1] == 70.0
assert _array[1, 0] == 80.0

# test_shares_the_memory_of_a_turned_array_too
_turned = from_numpy_shared(_array.T)
_array[1, 2] = 90.0
assert _turned[2, 1] == 90.0

# test_shares_the_memory_of_an_array_of_any_kind
_arrays = (
    np.zeros((2, 3), dtype=np.int64),
    np.zeros((2, 3), dtype=np.float32),
    np.zeros(4),
)
_tensors = [from_numpy_shared(_one) for _one in _arrays]
for _one in _arrays:
    _one[...] = 7
assert [_one.flatten()[0] for _one in _tensors] == [7, 7, 7]
