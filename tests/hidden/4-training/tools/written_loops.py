"""Whether a function of a training loop is written: tried on a model and four samples."""

import os
import signal
import time
from collections.abc import Callable
from typing import Any, Final

import torch
from loaders import loader
from torch import nn

_UNWRITTEN: Final = 77
_PATIENCE_S: Final = 2.0


def is_written(name: str, function: Callable[..., Any]) -> bool:
    """Whether the function of this name does anything: right or wrong, or with an exception of
    another kind than that of a stub. One that never ends, or ends its process, is written.

    It runs in a process of its own, which is all that it can end.
    """
    child = os.fork()
    if child == 0:
        # Whatever is raised in it: it must never go on as the kernel that it is a copy of.
        code = 0
        try:
            torch.set_num_threads(1)
            code = 0 if _does_anything(name, function) else _UNWRITTEN
        finally:
            os._exit(code)
    ends = time.monotonic() + _PATIENCE_S
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == _UNWRITTEN)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _does_anything(name: str, function: Callable[..., Any]) -> bool:
    model, called = nn.Linear(2, 2), list[None]()
    model.register_forward_hook(lambda *_: called.append(None))
    X, y = torch.ones(4, 2), torch.zeros(4, dtype=torch.int64)
    batches, loss_fn = loader(X, y, 2), nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    arguments: dict[str, tuple[Any, ...]] = {
        "make_loss_and_optimizer": (model, 0.1),
        "train_step": (model, X, y, loss_fn, optimizer),
        "train": (batches, model, loss_fn, optimizer),
        "fit": (model, batches, batches, 1, 0.1),
    }
    try:
        result = function(*arguments[name])
    except NotImplementedError:
        return False
    except Exception:
        return True
    return bool(called) or (name == "make_loss_and_optimizer" and result is not None)
