"""empty_like leaves what the memory held before.

fails: test_draws_uniform_numbers_in_the_shape_of_t,
test_random_like_draws_new_numbers_at_each_call, test_gives_float32_for_a_tensor_of_any_dtype,
test_stays_on_the_device_of_t, test_leaves_t_as_it_was
hint: Memory that nobody has filled holds anything. Which step draws the numbers?
"""


def random_like(t):
    return torch.empty_like(t, dtype=torch.float32)
