# test_multiplies_rows_by_columns
_a = torch.tensor([[1.0, 2.0, -1.0], [0.5, 0.0, 3.0]])
_b = torch.tensor([[2.0, 1.0], [0.0, -1.0], [4.0, 2.0]])
assert matrix_product(_a, _b).tolist() == [[-2.0, -3.0], [13.0, 6.5]]

# test_takes_square_matrices_in_the_given_order
_a, _b = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[0.0, 1.0], [5.0, -2.0]])
assert matrix_product(_a, _b).tolist() == [[10.0, -3.0], [20.0, -5.0]]

# test_keeps_whole_numbers_whole
_product = matrix_product(torch.tensor([[2**30 + 1, 2**30]]), torch.tensor([[3], [-3]]))
assert _product.dtype == torch.int64
assert _product.tolist() == [[3]]
_odd = 2**55 + 1
assert matrix_product(torch.tensor([[_odd]]), torch.tensor([[3]])).tolist() == [[3 * _odd]]

assert matrix_product(*[torch.ones(2, 2, dtype=torch.int32)] * 2).dtype == torch.int32

# test_keeps_both_axes
_a, _b = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0], [4.0]])
assert matrix_product(_a, _b).tolist() == [[11.0]]
assert matrix_product(_b, _a).tolist() == [[3.0, 6.0], [4.0, 8.0]]

# test_leaves_a_and_b_as_they_were
assert (_a.tolist(), _b.tolist()) == ([[1.0, 2.0]], [[3.0], [4.0]])
_square = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
matrix_product(_square, _square.clone())
assert _square.tolist() == [[1.0, 2.0], [3.0, 4.0]]

# test_multiplies_anew_at_each_call
_a[0, 0] = 2.0
assert matrix_product(_a, _b).tolist() == [[14.0]]

# test_matrix_product_keeps_float64
_a, _b = torch.tensor([[1.0, 2.0]]).double(), torch.tensor([[3.0], [4.0]]).double()
assert matrix_product(_a, _b).dtype == torch.float64

# test_takes_turned_matrices_too
_a, _b = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).T, torch.tensor([[5.0, 6.0], [7.0, 8.0]]).T
assert matrix_product(_a, _b).tolist() == [[23.0, 31.0], [34.0, 46.0]]

# test_matrix_product_is_right_to_the_last_digit
_a, _b = torch.tensor([[0.123456789012]]).double(), torch.tensor([[1.1]]).double()
assert abs(matrix_product(_a, _b) - _a * _b).max() < 1e-12
