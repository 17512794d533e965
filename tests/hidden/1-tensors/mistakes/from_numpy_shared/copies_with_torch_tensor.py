"""torch.tensor copies the numbers.

fails: test_shows_what_is_written_into_the_array_later
hint: The numbers are right, but the tensor has memory of its own. Which step copies them?
"""


def from_numpy_shared(a):
    return torch.tensor(a)
