"""The function reseeds, so no run can be repeated.

fails: test_obeys_a_manual_seed_given_before_the_call
hint: Something reseeds the generator inside the function: then a seed given before has no effect.
"""


def random_tensor(shape):
    torch.seed()
    return torch.rand(shape)
