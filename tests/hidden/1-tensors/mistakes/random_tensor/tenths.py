"""Only the numbers 0.0, 0.1, … 0.9 can come out.

fails: test_draws_uniform_numbers_in_a_matrix, test_takes_a_shape_with_any_number_of_axes,
test_random_tensor_draws_new_numbers_at_each_call, test_obeys_a_manual_seed_given_before_the_call
hint: Only a few different numbers come out of this. Which step decides how many there can be?
"""


def random_tensor(shape):
    return torch.randint(0, 10, shape) / 10
