"""What is kept of broken checks: who noticed each, and what that depends on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.authoring.broken_checks import Broken
from autograder.authoring.unneeded import Checked
from autograder.course.course import Course
from autograder.files import write_whole


class KeptVersions:
    """A file for each exercise of an assignment. A version of several exercises, as of a helper
    function, is in that of the first one.
    """

    def __init__(self, course: Course, assignment: str) -> None:
        self._folder = course.private / "broken-checks" / assignment
        self._mode = course.secret_mode
        self._read: dict[str, dict[str, Any]] = {}

    def of(self, broken: Broken, key: Callable[[str], str]) -> Checked | None:
        """What was found of a version, if that still holds: its key is that of who noticed it."""
        entry = self._entries(broken).get(broken.place)
        if entry is None or entry["key"] != key(entry["by"]):
            return None
        return Checked(broken=broken, by=entry["by"], says=entry["says"])

    def noticed_before(self, broken: Broken) -> str:
        """Who noticed a version, whatever may have changed since then."""
        return str(self._entries(broken).get(broken.place, {"by": ""})["by"])

    def keep(self, checked: Checked, key: str) -> None:
        entries = self._entries(checked.broken)
        entries[checked.broken.place] = {"key": key, "by": checked.by, "says": checked.says}
        write_whole(self._file(checked.broken), json.dumps(entries, indent=1), self._mode)

    def _entries(self, broken: Broken) -> dict[str, Any]:
        file = self._file(broken)
        if file.name not in self._read:
            try:
                self._read[file.name] = dict(json.loads(file.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError):
                self._read[file.name] = {}
        return self._read[file.name]

    def _file(self, broken: Broken) -> Path:
        return self._folder / f"{min(broken.checks)}.json"
