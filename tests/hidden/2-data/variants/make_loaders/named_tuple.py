"""A named tuple is a tuple, and a DataLoader has another name here."""


from collections import namedtuple

from torch.utils.data import DataLoader as Dealer

Dealers = namedtuple("Dealers", "train test")


def make_loaders(train_data, test_data, batch_size=64):
    return Dealers(Dealer(train_data, batch_size, shuffle=True), Dealer(test_data, batch_size))
