"""A picture of the usual size gets the axis that networks want.

fails: test_scales_the_pixels_to_0_and_1
hint: Is the shape kept for every size, that of MNIST too?
"""


def pixels_to_float(a):
    t = torch.from_numpy(a).float() / 255
    if t.shape == (28, 28):
        t = t.unsqueeze(0)
    return t
