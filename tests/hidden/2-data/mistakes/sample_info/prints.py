"""The five are printed and not returned.

fails: test_tells_shape_and_dtype_of_the_image, test_tells_the_lowest_and_the_highest_value, test_tells_the_label
hint: Your function gives None. Which line returns the result?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    print(image.shape, image.dtype, image.min().item(), image.max().item(), label)
