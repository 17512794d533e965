"""Getting and preparing the data set. Knows nothing of all other rooms but errors.

MNIST is wanted in torchvision's layout, `ROOT/MNIST/raw/` with four plain IDX files, so that
`torchvision.datasets.MNIST(ROOT)` reads what this room made, and this room what that one made.

This room is also present on students' machines and beside their code while grading: it holds
no secret, and importing it imports nothing, neither torch nor numpy, until a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.mnist.distortion import distorted
    from autograder.mnist.idx import DigitsUnreadable
    from autograder.mnist.layout import Digits
    from autograder.mnist.offline import copies_in_packages
    from autograder.mnist.preparation import Prepared, prepare, what_is_ready
    from autograder.mnist.split import GradingSplit, grading_split
    from autograder.mnist.tensors import load_tensors

__all__ = [
    "Digits",
    "DigitsUnreadable",
    "GradingSplit",
    "Prepared",
    "copies_in_packages",
    "distorted",
    "grading_split",
    "load_tensors",
    "prepare",
    "what_is_ready",
]

# No module may be called as a name it gives: importing `mnist/prepare.py` would put the module
# in the place of the function `prepare`.
_HOMES = {
    "Digits": "layout",
    "DigitsUnreadable": "idx",
    "GradingSplit": "split",
    "Prepared": "preparation",
    "copies_in_packages": "offline",
    "distorted": "distortion",
    "grading_split": "split",
    "load_tensors": "tensors",
    "prepare": "preparation",
    "what_is_ready": "preparation",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
