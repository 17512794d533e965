"""A Lambda step for the arithmetic."""


def normalized(mean, std):
    scale = transforms.Lambda(lambda image: torch.div(torch.sub(image, mean), std))
    return transforms.Compose([ToTensor(), scale])
