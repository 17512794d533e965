"""Digests that tell whether something is what it was."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

_VERSIONED = ("autograder", "torch", "numpy", "nbgrader", "pytest", "ipykernel")
_KIT = Path(__file__).parents[1]


def digest(parts: Iterable[str]) -> str:
    """One digest of all parts."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return total.hexdigest()


def files_in(folders: Iterable[Path]) -> Iterator[str]:
    """The code and notebooks below some folders, each with its digest."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in (".py", ".ipynb", ".j2"):
                yield f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def as_they_lie(paths: Iterable[Path]) -> Iterator[str]:
    """What changes with any of these files, without reading them."""
    for path in paths:
        state = path.stat()
        yield f"{path} {state.st_size} {state.st_mtime_ns} {state.st_ino}"


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """What judges an answer beside the course: the versions of Python, of packages, of the kit.

    The kit's own code tells two states of a checkout apart.
    """
    found = {name: importlib.metadata.version(name) for name in _VERSIONED}
    return {"python": platform.python_version(), **found, "code": digest(files_in([_KIT]))[:16]}
