"""Only the numbers 0.00, 0.01, … 0.99 can come out.

fails: test_draws_uniform_numbers_in_a_matrix, test_takes_a_shape_with_any_number_of_axes,
test_random_tensor_draws_new_numbers_at_each_call, test_obeys_a_manual_seed_given_before_the_call
hint: Only a hundred different numbers can come out of this: which function draws real numbers?
"""


def random_tensor(shape):
    return torch.randint(0, 100, shape) / 100
