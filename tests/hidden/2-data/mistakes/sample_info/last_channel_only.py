"""The range is that of the last channel.

fails: test_takes_images_of_any_shape
hint: A picture in colour has three channels. Which of them do you look at?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, image.dtype, image[-1].min().item(), image[-1].max().item(), label
