"""The numbers by float(), the sizes as a list, all in a list."""


def sample_info(dataset, index):
    sample = dataset[index]
    image = sample[0]
    return [list(image.shape), image.dtype, float(image.min()), float(image.max()), sample[1]]
