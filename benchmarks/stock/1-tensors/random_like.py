def _is_uniform(numbers):
    even = 0.45 < numbers.mean() < 0.55 and 0.25 < numbers.std() < 0.33
    return even and numbers.min() >= 0 and numbers.max() <= 1 and len(numbers.unique()) > 50


torch.manual_seed(11)
_t = torch.zeros(40, 50)
_first, _second = random_like(_t), random_like(_t)
_cube = random_like(torch.zeros(10, 20, 10))

# test_draws_uniform_numbers_in_the_shape_of_t
assert [_first.shape, _cube.shape] == [(40, 50), (10, 20, 10)]
assert _is_uniform(_first)
assert _is_uniform(_cube)

# test_random_like_draws_new_numbers_at_each_call
assert not torch.equal(_first, _second)

# test_gives_float32_for_a_tensor_of_any_dtype
_dtypes = [torch.float32, torch.float64, torch.int64]
_results = [random_like(torch.zeros(2, 3, dtype=_dtype)) for _dtype in _dtypes]
assert [_result.dtype for _result in _results] == [torch.float32] * 3

# test_stays_on_the_device_of_t
_devices = [torch.device("cpu"), torch.device("meta")]
assert [random_like(torch.zeros(2, device=_device)).device for _device in _devices] == _devices

# test_leaves_t_as_it_was
assert torch.equal(_t, torch.zeros(40, 50))

# test_takes_tensors_of_any_shape
_shapes = [(), (3,), (1, 4, 1, 2)]
assert [random_like(torch.zeros(_shape)).shape for _shape in _shapes] == _shapes
assert len({random_like(torch.tensor(1.0)).item() for _ in range(4)}) > 1

# test_random_like_draws_numbers_with_all_their_digits
assert len(_first.unique()) > 1980
assert len(_cube.unique()) > 1980
assert len(random_like(_t.half()).unique()) > 1980
