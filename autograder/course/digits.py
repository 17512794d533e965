"""The digits of a course: those that students' kernels see, and the hidden ones."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import torch

from autograder.checks.plugin import HiddenDigits
from autograder.course.course import Course
from autograder.course.seeds import seed
from autograder.mnist import GradingSplit, Prepared, distorted, grading_split, prepare


def grading_data(course: Course) -> GradingSplit:
    """The digits for kernels, and the hidden ones, made ready once a process."""
    key = _digits_key(course)
    if key not in _splits:
        _splits[key] = _split(course, seed(course, "hidden-digits"))
    return _splits[key]


_splits: dict[str, GradingSplit] = {}
_hidden: dict[str, HiddenDigits] = {}


def _digits_key(course: Course) -> str:
    """What the digits of a course depend on, so that a changed setting makes them anew."""
    mnist = course.settings.mnist
    traits = [getattr(mnist, name) for name in sorted(mnist.trait_names(config=True))]
    return repr((course.root, digits_place(course), traits))


def hidden_digits(course: Course) -> HiddenDigits:
    """The hidden digits, slightly changed: the same images for a whole class and its regrades."""
    key = _digits_key(course)
    if key not in _hidden:
        _hidden[key] = _changed(course, grading_data(course), seed(course, "hidden-digits"))
    return _hidden[key]


def other_hidden_digits(
    course: Course, secret: bytes, *, strength: float | None = None
) -> HiddenDigits:
    """What the hidden digits would be under another secret: to measure what chance does.

    `strength` is another one than the settings' `hidden_distortion`.
    """
    return _changed(course, _split(course, secret), secret, strength)


def _changed(
    course: Course, split: GradingSplit, secret: bytes, strength: float | None = None
) -> HiddenDigits:
    """A split's hidden digits as tensors, changed as far as the settings say."""
    if strength is None:
        strength = course.settings.mnist.hidden_distortion
    images = distorted(split.hidden_images, seed=secret.hex(), strength=strength)
    return torch.from_numpy(images).unsqueeze(1), torch.from_numpy(split.hidden_labels)


def digits_place(course: Course) -> tuple[Path, tuple[Path, ...]]:
    """Where MNIST is made ready, and the folders that may hold it already.

    The environment's MNIST_ROOT comes before the settings. It may be a folder that cannot be
    written or holds .gz files: then its digits are unpacked beside the gradebook.
    """
    settings, mnist = course.settings, course.settings.mnist
    given = os.environ.get("MNIST_ROOT")
    if given is None:
        return settings.path(mnist.root), tuple(settings.path(p) for p in mnist.also_look_in)
    folder = Path(given).expanduser().resolve()
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return course.private / f"mnist-{name}", (folder,)


def ready_digits(course: Course, say: Callable[[str], None] = lambda _text: None) -> Prepared:
    """MNIST made ready for the course, from the first source that has it."""
    root, folders = digits_place(course)
    given = "MNIST_ROOT" in os.environ
    download = course.settings.mnist.download and not given
    return prepare(root, also_look_in=folders, download=download, offline_digits=not given, say=say)


def _split(course: Course, secret: bytes) -> GradingSplit:
    mnist = course.settings.mnist
    return grading_split(
        ready_digits(course).root,
        course.private / "grading-data",
        train_samples=mnist.train_samples,
        test_samples=mnist.test_samples,
        hidden_samples=mnist.hidden_samples,
        seed=secret.hex(),
    )
