"""Comparisons that explain themselves: a record of the first difference, in a student's words;
runs on students' machines with torch and numpy alone.

Knows nothing of pytest, settings. `compare` is a plain function that gives a record; `expect` and
`require` raise it as a `Mismatch`. Hidden checks and the visible ones in notebooks use the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.expect.compare import Difference
    from autograder.expect.raising import Mismatch, expect, hints, require

# `compare` is had from the module of its name: importing that puts it in the place of a function.
__all__ = ["Difference", "Mismatch", "expect", "hints", "require"]


def __getattr__(name: str) -> Any:
    # On first use only: torch must not be imported by whoever merely passes through the package.
    if name == "Difference":
        import autograder.expect.compare as module
    elif name in ("Mismatch", "expect", "hints", "require"):
        import autograder.expect.raising as module  # type: ignore[no-redef]
    else:
        raise AttributeError(name)
    return getattr(module, name)
