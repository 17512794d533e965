"""Pictures are cut to the size of MNIST's.

fails: test_keeps_the_shape_of_the_picture
hint: What becomes of a picture that is larger than 28 × 28?
"""


def pixels_to_float(a):
    scaled = torch.from_numpy(a).float() / 255
    return scaled[:28, :28] if scaled.dim() == 2 else scaled
