"""All names of torch imported, Normalize by its name."""


from torch import *
from torchvision.transforms import Compose, Normalize, ToTensor


def normalized(mean, std):
    return Compose([ToTensor(), Normalize(mean, std)])
