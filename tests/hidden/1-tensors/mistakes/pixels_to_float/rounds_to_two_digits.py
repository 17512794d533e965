"""Two digits are kept, to be tidy.

fails: test_is_right_to_the_last_digit
hint: The values are nearly right. Is something rounded on the way?
"""


def pixels_to_float(a):
    return torch.round(torch.from_numpy(a).float() / 255, decimals=2)
