"""A tuple whose places have names, and all names imported."""


from collections import namedtuple

from torch.nn import *
from torch.optim import *

Parts = namedtuple("Parts", ["loss_fn", "optimizer"])


def make_loss_and_optimizer(model, lr):
    return Parts(loss_fn=CrossEntropyLoss(), optimizer=SGD(model.parameters(), lr=lr))
