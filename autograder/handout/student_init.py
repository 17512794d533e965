"""What a course's notebooks need of the kit: comparisons that explain themselves, and the digits.

Runs in: students' machines, as the `autograder/__init__.py` of the wheel that they install.
Where the whole kit is installed too, as on the machine of who grades, it is used in this one's
place: a command such as `autograder grade` must not lose its rooms to a student's install.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder


def _whole_kit() -> str | None:
    """The folder of another package of this name that also grades."""
    here = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    elsewhere = [folder for folder in sys.path if os.path.realpath(folder) != here]
    found: list[ModuleSpec | None] = [PathFinder.find_spec("autograder", elsewhere)]
    # An editable install has a finder of its own, which is asked only after PathFinder.
    found += [finder.find_spec("autograder", None) for finder in sys.meta_path]
    for spec in found:
        folder = os.path.dirname(spec.origin) if spec and spec.origin else ""
        if os.path.isdir(os.path.join(folder, "judge")):
            return folder
    return None


if _folder := _whole_kit():
    __path__ = [_folder]
