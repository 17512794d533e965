"""What an exercise's points are for, as its checks say: read off their file, without running it."""

from __future__ import annotations

import ast
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from autograder.checks.marks import PARTS
from autograder.course.check_parts import mark_in

IDEA_AT_LEAST: Final = 0.5
DETAILS_AT_MOST: Final = 0.25


@dataclass(frozen=True, kw_only=True, slots=True)
class Worth:
    """A check's weight within its exercise, and the part of the points that it is for, or ""."""

    check: str
    weight: float
    part: str


def read_worths(checks_folder: Path) -> dict[str, list[Worth]]:
    """By exercise its checks, in the order of the files."""
    found = dict[str, list[Worth]]()
    for path in sorted(checks_folder.glob("test_*.py")):
        for node in ast.parse(path.read_bytes()).body:
            mark = mark_in(node, ("check",))
            if mark is not None and isinstance(node, ast.FunctionDef):
                exercise, given = mark
                worth = Worth(
                    check=node.name,
                    weight=float(_literal(given.get("weight"), 1.0)),
                    part=str(_literal(given.get("part"), "")),
                )
                found.setdefault(exercise, []).append(worth)
    return found


def shares(worths: Collection[Worth]) -> dict[str, float]:
    """What share of the points each part has."""
    total = math.fsum(one.weight for one in worths)
    return {
        part: math.fsum(one.weight for one in worths if one.part == part) / total for part in PARTS
    }


def complaints(worths: Mapping[str, Collection[Worth]]) -> Iterator[tuple[str, list[str]]]:
    """By exercise, as `points/EXERCISE`, what is wrong with what its points are for.

    A check file that names no part at all is left alone.
    """
    if not any(one.part for found in worths.values() for one in found):
        return
    for exercise, found in worths.items():
        yield f"points/{exercise}", [f"points/{exercise}: {one}" for one in _faults(found)]


def _faults(worths: Collection[Worth]) -> Iterator[str]:
    without = [one.check for one in worths if not one.part]
    if without:
        yield f"{', '.join(without)} says no part: one of {', '.join(PARTS)}"
        return
    share = shares(worths)
    if share["idea"] < IDEA_AT_LEAST:
        yield f"{share['idea']:.0%} of the points are for the idea, at least {IDEA_AT_LEAST:.0%}"
    if share["details"] > DETAILS_AT_MOST:
        yield f"{share['details']:.0%} are for the details, at most {DETAILS_AT_MOST:.0%}"


def _literal(node: ast.expr | None, default: Any) -> Any:
    return default if node is None else ast.literal_eval(node)
