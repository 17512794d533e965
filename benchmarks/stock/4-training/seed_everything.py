def _drawn_after(seed):
    seed_everything(seed)
    return random.random(), np.random.rand(3).tolist(), torch.rand(3).tolist()


_first, _other, _again = _drawn_after(41), _drawn_after(42), _drawn_after(41)

# test_numbers_of_python_repeat
assert _first[0] == _again[0]

# test_numbers_of_numpy_repeat
assert _first[1] == _again[1]

# test_numbers_of_torch_repeat
assert _first[2] == _again[2]

# test_another_seed_gives_other_numbers
assert all(_one != _two for _one, _two in zip(_first, _other, strict=True))

# test_takes_the_smallest_and_the_largest_seed
_ends = [_drawn_after(_seed) for _seed in (0, 2**32 - 1, 0, 2**32 - 1)]
assert _ends[:2] == _ends[2:]
assert _ends[0] != _ends[1]

# test_each_digit_of_the_seed_counts
_alike = [_drawn_after(_seed) for _seed in (41, 41 + 10**9, 41 + 2**31)]
_pairs = [zip(_alike[0], _one, strict=True) for _one in _alike[1:]]
assert all(_a != _b for _pair in _pairs for _a, _b in _pair)
