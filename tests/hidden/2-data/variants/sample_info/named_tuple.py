"""A named tuple is a tuple."""


from collections import namedtuple

Info = namedtuple("Info", "shape dtype lowest highest label")


def sample_info(dataset, index):
    image, label = dataset[index]
    return Info(image.shape, image.dtype, image.min().item(), image.max().item(), label)
