"""np.array makes a copy, and the tensor lies over that.

fails: test_shows_what_is_written_into_the_array_later, test_shares_the_memory_of_a_turned_array_too
hint: The numbers are right, but the tensor has memory of its own. Which step copies them?
"""


def from_numpy_shared(a):
    return torch.from_numpy(np.array(a))
