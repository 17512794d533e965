_t = torch.tensor([[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]])

# test_moves_to_the_device_of_that_name
assert to_device(_t, "meta").device == torch.device("meta")
assert torch.equal(to_device(_t, "cpu"), torch.tensor([[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]]))

# test_takes_a_device_object_too
assert to_device(_t, torch.device("meta")).device == torch.device("meta")
assert torch.equal(to_device(_t, torch.device("cpu")), _t)

# test_to_device_keeps_the_dtype
_dtypes = [torch.int64, torch.float64]
assert [to_device(torch.ones(2, dtype=_dtype), "meta").dtype for _dtype in _dtypes] == _dtypes

# test_leaves_the_tensor_that_was_handed_in
assert _t.device == torch.device("cpu")
assert _t.tolist() == [[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]]

# test_moves_anew_at_each_call
to_device(_t, "cpu"), to_device(_t, "meta")
_t[0, 0] = 70.0
assert to_device(_t, "cpu").tolist() == [[70.0, 2.5, 3.5], [4.5, 5.5, 6.5]]

# test_takes_the_number_of_a_device_too
try:
    to_device(_t, f"cuda:{torch.cuda.device_count()}")
    _refused = False
except (AssertionError, RuntimeError):
    _refused = True
assert _refused

# test_moves_a_single_number_too
assert to_device(torch.tensor(1.5), "meta").shape == ()
assert to_device(torch.zeros(0, 3), "cpu").shape == (0, 3)

# test_moves_back_to_the_cpu
# Nothing comes back from the meta device: only the way from the CPU to itself can be tried.
assert to_device(_t, "cpu").device == torch.device("cpu")
