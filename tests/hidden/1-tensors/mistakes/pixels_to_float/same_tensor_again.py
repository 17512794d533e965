"""A picture that was seen before gives the same tensor once more.

fails: test_leaves_the_array_as_it_was
hint: Call it twice with the same picture, and write into the first result: what does the second one show?
"""


scaled_pictures = {}


def pixels_to_float(a):
    key = a.tobytes(), a.shape
    if key not in scaled_pictures:
        scaled_pictures[key] = torch.from_numpy(a).float() / 255
    return scaled_pictures[key]
