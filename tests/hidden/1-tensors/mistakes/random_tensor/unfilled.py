"""torch.Tensor(*shape) leaves what the memory held before.

fails: test_draws_uniform_numbers_in_a_matrix, test_takes_a_shape_with_any_number_of_axes,
test_random_tensor_draws_new_numbers_at_each_call, test_obeys_a_manual_seed_given_before_the_call
hint: Memory that nobody has filled holds anything. Which step draws the numbers?
"""


def random_tensor(shape):
    return torch.Tensor(*shape)
