"""The numbers are spread over -1…1.

fails: test_draws_uniform_numbers_in_the_shape_of_t,
test_random_like_draws_new_numbers_at_each_call, test_gives_float32_for_a_tensor_of_any_dtype,
test_stays_on_the_device_of_t, test_leaves_t_as_it_was
hint: The numbers are stretched or shifted. Which range does the docstring ask for?
"""


def random_like(t):
    return 2 * torch.rand_like(t, dtype=torch.float32) - 1
