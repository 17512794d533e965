"""The dtype stands in the code.

fails: test_tells_shape_and_dtype_of_the_image
hint: Where does the dtype in your answer come from: from this image?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, torch.float32, image.min().item(), image.max().item(), label
