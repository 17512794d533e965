"""The names imported from torchvision."""


from torchvision.transforms import Compose, Normalize, ToTensor


def normalized(mean, std):
    return Compose([ToTensor(), Normalize(mean, std)])
