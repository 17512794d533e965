"""What the last report said, kept as numbers, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from autograder.course.course import Course
from autograder.files import write_whole
from autograder.report.numbers import Numbers

_FOLDER: Final = "reports"
_NOTICED: Final = 0.005


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A number that was another one in the last report, both as people read them."""

    what: str
    before: str
    now: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What has changed since the report of `since`, which is None where there was none."""

    since: datetime | None = None
    changes: tuple[Change, ...] = ()


def changes_since_last(course: Course, numbers: Numbers, now: datetime) -> Changes:
    """What has changed since the last report, whose place this one takes.

    A report of the same numbers is no new one: it says again what had changed before.
    """
    path = course.private / _FOLDER / f"{numbers.assignment}.json"
    kept = _kept(path)
    mine = _shortened(numbers)
    last, before = kept.get("newest"), kept.get("before")
    if not isinstance(last, dict) or last.get("numbers") != mine:
        before = last
        last = {"made": now.astimezone(UTC).isoformat(timespec="seconds"), "numbers": mine}
        text = json.dumps({"newest": last, "before": before}, indent=1)
        write_whole(path, text, course.secret_mode)
    try:
        return _changes(before, mine)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Changes()


def _kept(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _shortened(numbers: Numbers) -> dict[str, Any]:
    """The numbers that are compared. None of them belongs to one student."""
    return {
        "graded": numbers.graded,
        "waiting": numbers.waiting,
        "mean": None if numbers.mean_share is None else round(numbers.mean_share, 4),
        "exercises": {
            one.exercise: None if one.mean_share is None else round(one.mean_share, 4)
            for one in numbers.exercises
        },
        "mistakes": {
            f"{one.exercise}: {one.title}": one.students for one in numbers.misconceptions
        },
    }


def _changes(before: dict[str, Any] | None, now: dict[str, Any]) -> Changes:
    if before is None:
        return Changes()
    then = before["numbers"]
    return Changes(
        since=datetime.fromisoformat(before["made"]), changes=tuple(_differing(then, now))
    )


def _differing(then: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    for what in ("graded", "waiting"):
        words = "students graded" if what == "graded" else "students who wait for a person"
        if then[what] != now[what]:
            yield Change(what=words, before=str(then[what]), now=str(now[what]))
    means = {"mean of all points": (then["mean"], now["mean"])}
    for name, value in now["exercises"].items():
        means[f"{name}: mean of its points"] = (then["exercises"].get(name), value)
    for what, (old, new) in means.items():
        if (old is None) != (new is None) or (old is not None and abs(old - new) >= _NOTICED):
            yield Change(what=what, before=_percent(old), now=_percent(new))
    for name in sorted({*then["mistakes"], *now["mistakes"]}):
        old, new = then["mistakes"].get(name, 0), now["mistakes"].get(name, 0)
        if old != new:
            yield Change(what=f"{name} (students)", before=str(old), now=str(new))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
