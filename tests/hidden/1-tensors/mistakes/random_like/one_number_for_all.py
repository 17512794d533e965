"""A single number is drawn and repeated.

fails: test_draws_uniform_numbers_in_the_shape_of_t,
test_random_like_draws_new_numbers_at_each_call, test_gives_float32_for_a_tensor_of_any_dtype,
test_stays_on_the_device_of_t, test_leaves_t_as_it_was
hint: Every element is the same number. Is each drawn by itself?
"""


def random_like(t):
    return torch.full_like(t, random.random(), dtype=torch.float32)
