"""Only the numbers 0.00, 0.01, … 0.99 can come out.

fails: test_random_tensor_draws_numbers_with_all_their_digits
hint: Only a hundred different numbers come out of this. Which step decides how many there can be?
"""


def random_tensor(shape):
    return torch.randint(0, 100, shape) / 100
