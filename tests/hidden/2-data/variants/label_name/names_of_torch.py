"""All names of torch imported."""


from torch import *


def label_name(dataset, label):
    return list(dataset.classes)[label]
