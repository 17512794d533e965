"""Which lines of the check files an answer comes to, and at which it fails."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from autograder.checks.trail import is_in

Line = tuple[str, int]
"""A line of a check file: the file's name, and the line's number from 1."""


class LineWatch:
    """Notes lines of the check files in a folder: those that are run, and those that an exception
    leaves by, wherever it was raised.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run: set[Line] = set()
        self.raised: set[Line] = set()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Within it lines are noted."""
        before = sys.gettrace()
        sys.settrace(self._enter)
        try:
            yield
        finally:
            sys.settrace(before)

    def _enter(self, frame: FrameType, _event: str, _arg: object) -> Any:
        return self._step if is_in(frame.f_code, self.folder) else None

    def _step(self, frame: FrameType, event: str, _arg: object) -> Any:
        line = (os.path.basename(frame.f_code.co_filename), frame.f_lineno)
        self.run.add(line)
        if event == "exception":
            self.raised.add(line)
        return self._step
