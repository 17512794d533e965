"""torch.tensor copies the numbers.

fails: test_shows_what_is_written_into_the_array_later
hint: torch.tensor always copies; which function takes over the array's own memory?
"""


def from_numpy_shared(a):
    return torch.tensor(a)
