"""Normalize takes plain floats too."""


def normalized(mean, std):
    return transforms.Compose([ToTensor(), transforms.Normalize(mean, std)])
