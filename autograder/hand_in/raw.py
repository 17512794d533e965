"""What stands in a notebook's raw data, which may be anything: nothing here raises."""

from __future__ import annotations

from typing import Any, Final

_MAX_NAME: Final = 200


def at(data: Any, key: str) -> Any:
    """The value of a key, None where there is none or `data` has no keys."""
    return data.get(key) if isinstance(data, dict) else None


def raw_grade_id(cell: Any) -> str:
    """A raw cell's name in the assignment, "" where it says none that could be one."""
    found = at(at(at(cell, "metadata"), "nbgrader"), "grade_id")
    if not isinstance(found, str) or len(found) > _MAX_NAME:
        return ""
    return found.encode("utf-8", "replace").decode("utf-8")
