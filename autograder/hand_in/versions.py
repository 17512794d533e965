"""Which Python and PyTorch a notebook ran with, as far as it says so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from autograder.hand_in.raw import at

# Of these cells and characters the versions are read, and of their digits nothing else.
_CELLS: Final = 50
_CHARS: Final = 2_000
# What the setup cell prints.
_PRINTED: Final = re.compile(r"PyTorch (\d{1,3}\.\d{1,3})\S{0,40}(?: on Python (\d\.\d{1,3}))?")
_PYTHON: Final = re.compile(r"(\d\.\d{1,3})(\.|$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Versions:
    """Python's and PyTorch's version, as "3.13" and "2.9"; "" for one that is not known."""

    python: str = ""
    torch: str = ""

    def __str__(self) -> str:
        named = (("Python", self.python), ("PyTorch", self.torch))
        return " and ".join(f"{name} {version}" for name, version in named if version)

    def differ_from(self, others: Versions) -> bool:
        """Whether one that is known here is another there."""
        return self.python not in ("", others.python) or self.torch not in ("", others.torch)


NOT_KNOWN: Final = Versions()


def versions_in(data: Any) -> Versions:
    """What a notebook's outputs and metadata say, whatever they hold."""
    python, torch = _of_kernel(data), ""
    for text in _printed(data):
        found = _PRINTED.search(text[:_CHARS])
        if found:
            torch, python = found[1], found[2] or python
            break
    return Versions(python=python, torch=torch)


def _of_kernel(data: Any) -> str:
    said = at(at(at(data, "metadata"), "language_info"), "version")
    found = _PYTHON.match(said) if isinstance(said, str) else None
    return found[1] if found else ""


def _printed(data: Any) -> Iterator[str]:
    cells = at(data, "cells")
    for cell in cells[:_CELLS] if isinstance(cells, list) else ():
        outputs = at(cell, "outputs")
        for output in outputs[:_CELLS] if isinstance(outputs, list) else ():
            text = at(output, "text")
            if isinstance(text, list):
                text = "".join(line for line in text[:_CELLS] if isinstance(line, str))
            if isinstance(text, str):
                yield text
