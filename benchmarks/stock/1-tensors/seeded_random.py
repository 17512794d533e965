def _is_uniform(numbers):
    even = 0.45 < numbers.mean() < 0.55 and 0.25 < numbers.std() < 0.33
    return even and numbers.min() >= 0 and numbers.max() <= 1 and len(numbers.unique()) > 50


def _next_numbers(call):
    torch.manual_seed(5), np.random.seed(5), random.seed(5)
    # Past the beginning, so that a generator that is seeded anew is not where it was.
    torch.rand(1), np.random.rand(), random.random()
    if call:
        seeded_random((3, 4), 21)
    return torch.rand(1).item(), np.random.rand(), random.random()


_first, _other, _again = (seeded_random((40, 50), _seed) for _seed in (21, 22, 21))
_cube = seeded_random((10, 20, 10), 21)

# test_draws_uniform_numbers
assert (_first.shape, _first.dtype) == ((40, 50), torch.float32)
assert _is_uniform(_first)

# test_seeded_random_takes_a_shape_with_any_number_of_axes
assert _is_uniform(_cube)
_shapes = [(5,), (1, 2, 3, 1, 2)]
assert [seeded_random(_shape, 21).shape for _shape in _shapes] == _shapes

# test_repeats_the_numbers_of_a_seed
assert torch.equal(_first, _again)
assert not torch.equal(_first, _other)
assert not torch.equal(_first, seeded_random((40, 50), 21 + 10**5 * 2**11))

# test_takes_zero_for_a_seed_too
assert torch.equal(seeded_random((40, 50), 0), seeded_random((40, 50), 0))
assert not torch.equal(seeded_random((40, 50), 0), seeded_random((40, 50), 1))
assert not torch.equal(seeded_random((40, 50), 0), seeded_random((40, 50), 42))

# test_gives_memory_of_its_own_at_each_call
_kept = _first.clone()
_again[0, 0] = 2.0
assert torch.equal(seeded_random((40, 50), 21), _kept)

# test_leaves_the_global_random_state_untouched
assert _next_numbers(call=True) == _next_numbers(call=False)

# test_seeded_random_draws_numbers_with_all_their_digits
assert len(_first.unique()) > 1980
assert len(_cube.unique()) > 1980
