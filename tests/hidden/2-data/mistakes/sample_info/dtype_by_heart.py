"""The dtype stands in the code.

fails: test_tells_shape_and_dtype_of_the_image
hint: Which dtype do you tell of an image of float64?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, torch.float32, image.min().item(), image.max().item(), label
