"""NumPy draws float64.

fails: test_draws_uniform_numbers_in_a_matrix, test_takes_a_shape_with_any_number_of_axes,
test_random_tensor_draws_new_numbers_at_each_call, test_obeys_a_manual_seed_given_before_the_call
hint: The floats came back as float64. Which step chose that dtype?
"""


def random_tensor(shape):
    return torch.from_numpy(np.random.rand(*shape))
