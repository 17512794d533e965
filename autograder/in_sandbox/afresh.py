"""Runs in: the child of a fork, before anything of its own. Holds no secret."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

_RESEED: dict[str, Callable[[Any], object]] = {
    "numpy": lambda numpy: numpy.random.seed(),
    # Not torch.seed, which asks each kind of device: none was used before the fork.
    "torch": lambda torch: torch.default_generator.seed(),
}


def start_afresh(env: Mapping[str, str], folder: str) -> None:
    """Forgets what the parent had: environment, folders, the state of random numbers."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    # tempfile caches the parent's TMPDIR before the fork; without this a kernel would look for its
    # scratch folder where the fork server had its own.
    tempfile.tempdir = None
    random.seed()
    for name, reseed in _RESEED.items():
        if name in sys.modules:
            reseed(sys.modules[name])
