"""The label is wrapped into a tensor.

fails: test_tells_the_label
hint: Is the label a plain int?
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, image.dtype, float(image.min()), float(image.max()), torch.tensor(label)
