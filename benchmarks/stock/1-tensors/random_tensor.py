def _is_uniform(numbers):
    even = 0.45 < numbers.mean() < 0.55 and 0.25 < numbers.std() < 0.33
    return even and numbers.min() >= 0 and numbers.max() <= 1 and len(numbers.unique()) > 50


torch.manual_seed(12)
_first, _second = random_tensor((40, 50)), random_tensor((40, 50))

# test_draws_uniform_numbers_in_a_matrix
assert (_first.shape, _first.dtype) == ((40, 50), torch.float32)
assert _is_uniform(_first)

# test_takes_a_shape_with_any_number_of_axes
_row, _cube = random_tensor((2000,)), random_tensor((10, 20, 10))
assert [_row.shape, _cube.shape] == [(2000,), (10, 20, 10)]
assert _is_uniform(_row)
assert _is_uniform(_cube)
assert random_tensor((1, 2, 3, 1, 2)).shape == (1, 2, 3, 1, 2)

# test_random_tensor_draws_new_numbers_at_each_call
assert not torch.equal(_first, _second)

# test_obeys_a_manual_seed_given_before_the_call
torch.manual_seed(12)
_again = random_tensor((40, 50))
torch.manual_seed(13)
assert torch.equal(_again, _first)
assert not torch.equal(random_tensor((40, 50)), _first)

# test_random_tensor_draws_numbers_with_all_their_digits
assert len(_first.unique()) > 1980
assert len(_cube.unique()) > 1980
