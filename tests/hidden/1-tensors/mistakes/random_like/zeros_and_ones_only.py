"""randint draws the whole numbers 0 and 1.

fails: test_draws_uniform_numbers_in_the_shape_of_t,
test_random_like_draws_new_numbers_at_each_call, test_gives_float32_for_a_tensor_of_any_dtype,
test_stays_on_the_device_of_t, test_leaves_t_as_it_was
hint: These are whole numbers. Does the docstring ask for them, or for all numbers between?
"""


def random_like(t):
    return torch.randint_like(t, 0, 2).float()
