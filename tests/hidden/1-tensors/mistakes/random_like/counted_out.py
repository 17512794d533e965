"""Even steps from 0 to 1, and nothing is drawn.

fails: test_draws_uniform_numbers_in_the_shape_of_t,
test_random_like_draws_new_numbers_at_each_call, test_gives_float32_for_a_tensor_of_any_dtype,
test_stays_on_the_device_of_t, test_leaves_t_as_it_was
hint: The numbers stand in even steps. Where does chance come in?
"""


def random_like(t):
    return torch.linspace(0, 1, t.numel(), device=t.device).reshape(t.shape)
