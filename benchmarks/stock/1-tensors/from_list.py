# test_makes_int64_of_whole_numbers
_result = from_list([7, 0, 52, 3])
assert _result.dtype == torch.int64
assert _result.tolist() == [7, 0, 52, 3]

assert from_list([0, 1, 1]).dtype == torch.int64

# test_makes_float32_of_floats
_result = from_list([0.5, -2.25, 3.0, 1.0])
assert _result.dtype == torch.float32
assert torch.allclose(_result, torch.tensor([0.5, -2.25, 3.0, 1.0]), rtol=0.02)

assert from_list([3.0, 1.0]).dtype == torch.float32

# test_makes_bool_of_bools
_result = from_list([True, True, False])
assert _result.dtype == torch.bool
assert _result.tolist() == [True, True, False]

# test_makes_one_element_of_a_list_with_one_number
assert from_list([12]).tolist() == [12]

# test_makes_rows_of_lists_in_the_list
assert from_list([[5, -6, 7, 8], [1, 2, -3, 4]]).tolist() == [[5, -6, 7, 8], [1, 2, -3, 4]]

assert from_list([[0.5, 1.5], [2.5, 3.0]]).tolist() == [[0.5, 1.5], [2.5, 3.0]]
assert from_list([[True, False]]).dtype == torch.bool
assert [from_list(_rows).shape for _rows in ([[1, 2]], [[1], [2]])] == [(1, 2), (2, 1)]

# test_leaves_the_list_as_it_was
_list = [4, -7, 9]
from_list(_list)[0] = 99
assert repr(_list) == "[4, -7, 9]"
assert from_list(_list).tolist() == [4, -7, 9]

# test_keeps_every_digit
assert from_list([2**53 + 1, 5]).tolist() == [2**53 + 1, 5]
assert from_list([0.1234567, 2.0])[0] == torch.tensor(0.1234567)
