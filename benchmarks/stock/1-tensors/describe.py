# test_tells_the_shape_first
_shapes = [(4, 7), (), (2, 1, 5, 4), (3, 2, 5)]
assert [tuple(describe(torch.zeros(_shape))[0]) for _shape in _shapes] == _shapes

assert list(describe(torch.zeros(4))[0]) == [4]

# test_gives_exactly_three_things
_row = torch.zeros(1, 3)
assert len(describe(_row)) == 3

# test_describe_leaves_t_as_it_was
assert _row.shape == (1, 3)
_learning = torch.ones(3, requires_grad=True)
describe(_learning)
assert _learning.requires_grad

# test_tells_the_dtype_second
_dtypes = [torch.float32, torch.float64, torch.int64, torch.bool, torch.float16]
assert [describe(torch.zeros(2, 3, dtype=_dtype))[1] for _dtype in _dtypes] == _dtypes

# test_tells_the_device_third
_devices = [torch.device("cpu"), torch.device("meta")]
assert [describe(torch.zeros(2, 3, device=_device))[2] for _device in _devices] == _devices
