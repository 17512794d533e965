"""randn draws from a bell curve around 0.

fails: test_draws_uniform_numbers_in_the_shape_of_t,
test_random_like_draws_new_numbers_at_each_call, test_gives_float32_for_a_tensor_of_any_dtype,
test_stays_on_the_device_of_t, test_leaves_t_as_it_was
hint: These numbers come from a bell curve around 0. Which function draws evenly from 0 to 1?
"""


def random_like(t):
    return torch.randn_like(t, dtype=torch.float32)
