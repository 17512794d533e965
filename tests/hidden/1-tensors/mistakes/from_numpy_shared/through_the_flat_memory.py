"""reshape(-1) copies where the numbers do not lie in order.

fails: test_shows_what_is_written_into_the_array_later
hint: What happens to an array whose numbers do not lie in order, such as a transposed one: is it
copied on the way?
"""


def from_numpy_shared(a):
    return torch.from_numpy(a.reshape(-1)).view(a.shape)
