"""The sizes are taken as numbers.

fails: test_draws_uniform_numbers_in_a_matrix, test_takes_a_shape_with_any_number_of_axes,
test_random_tensor_draws_new_numbers_at_each_call, test_obeys_a_manual_seed_given_before_the_call
hint: There are as many elements as the shape has sizes. Was the tuple taken as data?
"""


def random_tensor(shape):
    return torch.rand_like(torch.tensor(shape, dtype=torch.float32))
