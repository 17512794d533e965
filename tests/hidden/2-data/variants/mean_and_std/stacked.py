"""All images in one tensor, the deviation with N."""


def mean_and_std(dataset):
    images = torch.stack([dataset[i][0] for i in range(len(dataset))])
    return float(images.mean()), float(images.std(unbiased=False))
