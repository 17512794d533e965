"""One matrix is drawn and repeated along the axes before.

fails: test_random_like_draws_numbers_with_all_their_digits
hint: With three axes, compare the first matrix with the second: is each element drawn by itself?
"""


def random_like(t):
    matrix = torch.rand(t.shape[-2:], device=t.device)
    return matrix.expand(t.shape).clone()
