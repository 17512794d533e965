"""What a result depends on, in a digest: so that nothing unchanged is done twice."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.course.course import Course

_VERSIONED = ("autograder", "torch", "numpy", "nbgrader", "pytest", "ipykernel")


def common_parts(course: Course, assignment: str) -> Iterator[str]:
    """What all grades of an assignment depend on beside the submissions and nbgrader's settings."""
    yield from (f"{name} {importlib.metadata.version(name)}" for name in _VERSIONED)
    settings = course.settings
    for traits in (settings.limits, settings.mnist, settings.grading, settings.feedback):
        yield from (f"{name}={getattr(traits, name)}" for name in traits.trait_names(config=True))
    yield os.environ.get("MNIST_ROOT", "")
    # Mistakes decide about hints, not points: `hints_stand`. Nothing depends on variants.
    yield from files_in([course.folder("source", ".", assignment)])
    for path in sorted(course.checks_folder(assignment).glob("*.py")):
        yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    yield from files_in([Path(__file__).parents[1]])


def files_in(folders: Iterable[Path]) -> Iterator[str]:
    """The code and notebooks below some folders, each with its digest."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in (".py", ".ipynb", ".j2"):
                yield f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
