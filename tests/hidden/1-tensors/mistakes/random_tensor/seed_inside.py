"""The function seeds, so every call gives the same numbers.

fails: test_random_tensor_draws_new_numbers_at_each_call,
test_obeys_a_manual_seed_given_before_the_call
hint: Every call gives the same numbers, whatever the seed. Does the function set a seed of its own?
"""


def random_tensor(shape):
    torch.manual_seed(42)
    return torch.rand(shape)
