"""The axis for the channel is lost.

fails: test_gives_exact_float32_images_with_a_channel
hint: What is the shape of an image after ToTensor, and what after yours?
"""


def normalized(mean, std):
    return lambda picture: ((torch.tensor(np.array(picture)) / 255) - mean) / std
