"""A picture of the usual size gets the axis that networks want.

fails: test_keeps_the_shape_of_the_picture
hint: Is the shape kept for every size, that of MNIST's pictures too?
"""


def pixels_to_float(a):
    t = torch.from_numpy(a).float() / 255
    if t.shape == (28, 28):
        t = t.unsqueeze(0)
    return t
