def _is_uniform(numbers):
    even = 0.45 < numbers.mean() < 0.55 and 0.25 < numbers.std() < 0.33
    return even and numbers.min() >= 0 and numbers.max() <= 1 and len(numbers.unique()) > 1900


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
assert (_first.shape, _first.dtype, _cube.shape) == ((40, 50), torch.float32, (10, 20, 10))
assert _is_uniform(_first)
assert _is_uniform(_cube)
assert seeded_random((5,), 21).shape == (5,)

# test_repeats_the_numbers_of_a_seed
assert torch.equal(_first, _again)
assert not torch.equal(_first, _other)
assert not torch.equal(_first, seeded_random((40, 50), 21 + 10**5 * 2**11))
_kept = _first.clone()
_again[0, 0] = 2.0
assert torch.equal(seeded_random((40, 50), 21), _kept)

# test_leaves_the_global_random_state_untouched
assert _next_numbers(call=True) == _next_numbers(call=False)
