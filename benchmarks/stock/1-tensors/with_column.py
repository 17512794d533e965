# test_sets_the_column
_m = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0], [0.0, 1.0, 2.0]])
_kept = _m.tolist()
_wanted = [[1.0, 12.5, 3.0], [4.0, 12.5, 6.0], [7.0, 12.5, 9.0], [0.0, 12.5, 2.0]]
assert with_column(_m, 1, 12.5).tolist() == _wanted

# test_with_column_leaves_m_as_it_was
assert _m.tolist() == _kept

# test_sets_any_column_from_first_to_last
_results = [with_column(torch.zeros(1, 3), _j, 5.0).tolist() for _j in range(3)]
assert _results == [[[5.0, 0.0, 0.0]], [[0.0, 5.0, 0.0]], [[0.0, 0.0, 5.0]]]

# test_with_column_keeps_the_dtype
_dtypes = [torch.int64, torch.float64]
assert [with_column(torch.ones(2, 3, dtype=_dtype), 0, 7).dtype for _dtype in _dtypes] == _dtypes
assert with_column(torch.tensor([[2**60 + 1, 0]]), 1, 7).tolist() == [[2**60 + 1, 7]]
assert with_column(torch.tensor([[True, False]]), 1, True).dtype == torch.bool

assert with_column(torch.ones(2, 3, dtype=torch.float16), 0, 7.5).dtype == torch.float16

# test_makes_a_new_matrix_at_each_call
_m[0, 0] = 70.0
assert with_column(_m, 1, 12.5).tolist() == [[70.0, 12.5, 3.0], *_wanted[1:]]

for _one in (torch.zeros(2, 2), torch.full((2, 3), 5.0)):
    _before = _one.tolist()
    with_column(_one, 1, 5.0)[0, 0] = 90.0
    assert _one.tolist() == _before

# test_with_column_stays_on_the_device_of_m
assert with_column(torch.ones(2, 3, device="meta"), 1, 5.0).device.type == "meta"

# test_takes_a_matrix_of_any_form
assert with_column(torch.tensor([[1, 2], [3, 4], [5, 6]]).T, 1, 9).tolist() == [
    [1, 9, 5],
    [2, 9, 6],
]
assert with_column(torch.tensor([[1, 2, 3]]), 1, 9).tolist() == [[1, 9, 3]]
assert with_column(torch.zeros(3, 2), 1, -9.0).tolist() == [[0.0, -9.0]] * 3

# test_replaces_even_what_no_calculation_removes
_odd = torch.tensor([[torch.nan, 1.0], [torch.inf, 2.0]])
assert with_column(_odd, 0, 5.0).tolist() == [[5.0, 1.0], [5.0, 2.0]]
