"""The old seed is put back, which is the beginning of the stream and not the place in it.

fails: test_leaves_the_global_random_state_untouched
hint: The seed put back starts the stream anew: its place is in get_rng_state, or use a generator
of your own.
"""


def seeded_random(shape, seed):
    before = torch.initial_seed()
    torch.manual_seed(seed)
    numbers = torch.rand(shape)
    torch.manual_seed(before)
    return numbers
