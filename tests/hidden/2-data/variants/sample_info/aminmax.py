"""Both extremes at once."""


def sample_info(dataset, index):
    image, label = dataset[index]
    lowest, highest = torch.aminmax(image)
    return tuple(image.shape), image.dtype, lowest.item(), highest.item(), label
