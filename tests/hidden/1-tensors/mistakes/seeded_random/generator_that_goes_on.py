"""One generator outside goes on from call to call.

fails: test_repeats_the_numbers_of_a_seed
hint: The generator is where the last call left it. When is it seeded?
"""


own_generator = torch.Generator()


def seeded_random(shape, seed):
    return torch.rand(shape, generator=own_generator)
