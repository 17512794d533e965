"""NumPy rounds to three digits.

fails: test_is_right_to_the_last_digit
hint: The values are nearly right. Is something rounded on the way?
"""


def pixels_to_float(a):
    scaled = np.round(a / 255, 3)
    return torch.from_numpy(scaled.astype(np.float32))
