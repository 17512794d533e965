"""The bytes are divided by 256, so white is a little less than 1.

fails: test_gives_exact_float32_images_with_a_channel
hint: What is white in your images before the mean is taken off: exactly 1?
"""


def normalized(mean, std):
    def transform(picture):
        image = torch.tensor(np.array(picture)).unsqueeze(0).float() / 256
        return (image - mean) / std

    return transform
