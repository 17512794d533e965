"""The numbers are held in 16 bits on the way.

fails: test_is_right_to_the_last_digit
hint: The values are nearly right. Is something rounded on the way?
"""


def pixels_to_float(a):
    return (torch.from_numpy(a).half() / 255).float()
