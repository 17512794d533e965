"""The last axis of a picture in colours comes first.

fails: test_keeps_the_shape_of_the_picture
hint: Which order of the axes does the docstring promise where there are three?
"""


def pixels_to_float(a):
    if a.ndim == 3:
        a = np.moveaxis(a, -1, 0)
    return torch.from_numpy(a).float() / 255
