"""The function seeds, so every call gives the same numbers.

fails: test_random_tensor_draws_new_numbers_at_each_call,
test_obeys_a_manual_seed_given_before_the_call
hint: A seed inside the function takes the choice from the caller: leave it out.
"""


def random_tensor(shape):
    torch.manual_seed(42)
    return torch.rand(shape)
