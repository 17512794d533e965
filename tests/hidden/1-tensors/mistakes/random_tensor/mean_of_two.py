"""The mean of two draws prefers the middle.

fails: test_draws_uniform_numbers_in_a_matrix, test_takes_a_shape_with_any_number_of_axes,
test_random_tensor_draws_new_numbers_at_each_call, test_obeys_a_manual_seed_given_before_the_call
hint: Is a number near 0 as likely as one near 0.5?
"""


def random_tensor(shape):
    return (torch.rand(shape) + torch.rand(shape)) / 2
