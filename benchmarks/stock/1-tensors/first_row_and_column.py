_m = torch.tensor([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0], [9.0, 10.0, 11.0, 12.0]])
_row, _column = first_row_and_column(_m)

# test_finds_the_numbers_of_row_and_column
assert _row.flatten().tolist() == [1.0, 2.0, 3.0, 4.0]
assert _column.flatten().tolist() == [1.0, 5.0, 9.0]

# test_finds_row_and_column_of_a_turned_matrix
_turned = _m.clone().T
_row_there, _column_there = first_row_and_column(_turned)
assert _row_there.flatten().tolist() == [1.0, 5.0, 9.0]
assert _column_there.flatten().tolist() == [1.0, 2.0, 3.0, 4.0]

_row_of_square, _column_of_square = first_row_and_column(torch.tensor([[1, 2j], [3j, 4]]))
assert _column_of_square.flatten().tolist() == [1, 3j]
assert first_row_and_column(torch.tensor([[1, 2], [3, 4], [5, 6]]))[0].flatten().tolist() == [1, 2]

# test_gives_both_with_one_axis
_pairs = [first_row_and_column(torch.zeros(_shape)) for _shape in ((3, 4), (3, 1), (1, 4))]
assert [(len(_r.shape), len(_c.shape)) for _r, _c in _pairs] == [(1, 1)] * 3

# test_gives_views_of_the_matrix
_m[0, 2], _m[1, 0] = 70.0, 80.0
assert _row.flatten().tolist() == [1.0, 2.0, 70.0, 4.0]
assert _column.flatten().tolist() == [1.0, 80.0, 9.0]
_turned[0, 1], _turned[2, 0] = 60.0, 90.0
assert (_row_there.flatten()[1], _column_there.flatten()[2]) == (60.0, 90.0)

_line = torch.zeros(3, 1)
_parts = first_row_and_column(_line)
_line[0, 0] = 50.0
assert [_part.flatten()[0] for _part in _parts] == [50.0, 50.0]

# test_gives_both_on_the_device_of_m
_pair = first_row_and_column(torch.ones(3, 4, device="meta"))
assert [_part.device.type for _part in _pair] == ["meta", "meta"]
