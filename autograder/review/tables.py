"""Where submissions stand, as lines for a terminal and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from autograder.expect.printable import listed, printable
from autograder.feedback.block import points
from autograder.feedback.moved import move_line
from autograder.nbgrader_bridge.export import csv_text
from autograder.review.history import GradeHistory
from autograder.review.requests import request_lines
from autograder.review.status import Page, Stand, State, Status

_MOST_NAMED: Final = 12
COLUMNS: Final = (
    *("assignment", "student", "name", "state", "why", "points", "max_points", "late_hours"),
    *("handed_in", "page", "released", "on_roster", "also"),
)


def status_lines(status: Status) -> Iterator[str]:
    """An assignment on one screen: counts, then who is behind each that somebody has to look at."""
    yield f"{status.assignment}: {_counts(status)}"
    yield ""
    for title, chosen, told in _PARTS:
        found = [stand for stand in status.stands if chosen(stand)]
        if found:
            yield f"{title} ({len(found)})"
            yield from _named(found, told)


def counts(status: Status) -> dict[str, int]:
    """How many submissions stand where, for a line of a table."""
    stands = status.stands
    handed_in = [stand for stand in stands if stand.state is not State.MISSING]
    return {
        "handed in": len(handed_in),
        "missing": len(status.of(State.MISSING)),
        "late": sum(stand.late_s > 0 for stand in stands),
        "graded": len(status.of(State.GRADED, State.WAITS)),
        "to grade": len(status.of(State.NEW, State.CHANGED)),
        "not graded": len(status.of(State.NOT_GRADED)),
        "by hand": len(status.of(State.WAITS)),
        "pages": sum(stand.page is Page.CURRENT for stand in stands),
        "released": sum(bool(stand.released) for stand in stands),
    }


def _counts(status: Status) -> str:
    return ", ".join(f"{number} {what}" for what, number in counts(status).items() if number)


def _named(stands: Sequence[Stand], told: Callable[[Stand], str]) -> Iterator[str]:
    """With their reasons where each has its own, else in a row."""
    said = [told(stand) for stand in stands]
    names = [printable(stand.student, 40) for stand in stands]
    if not any(said):
        yield f"    {listed(names, _MOST_NAMED)}"
        return
    for name, why in list(zip(names, said, strict=True))[:_MOST_NAMED]:
        yield f"    {name}: {printable(why, 200)}"
    if len(names) > _MOST_NAMED:
        yield f"    … and {len(names) - _MOST_NAMED} more: --csv has them all"


def _late(stand: Stand) -> str:
    return f"{stand.late_s / 3600:.1f} h"


def _also(stand: Stand) -> str:
    return f"handed in as {', '.join(stand.also)} too"


def _nothing(_stand: Stand) -> str:
    return ""


_Part = tuple[str, Callable[[Stand], bool], Callable[[Stand], str]]
_PARTS: Final[tuple[_Part, ...]] = (
    ("Not graded", lambda s: s.state is State.NOT_GRADED, lambda s: s.why),
    (
        "To grade: autograder grade",
        lambda s: s.state in (State.NEW, State.CHANGED),
        lambda s: "handed in again" if s.state is State.CHANGED else "new",
    ),
    ("Waits for a person", lambda s: s.state is State.WAITS, lambda s: s.why),
    ("Late", lambda s: s.late_s > 0, _late),
    ("Not on the roster", lambda s: not s.on_roster, _nothing),
    ("Perhaps two hand-ins of one person", lambda s: bool(s.also), _also),
    (
        "Page older than the grade, or none: autograder feedback",
        lambda s: s.state in (State.GRADED, State.WAITS) and s.page is not Page.CURRENT,
        _nothing,
    ),
    (
        "Not released",
        lambda s: s.page is Page.CURRENT and not s.released,
        _nothing,
    ),
    ("Missing", lambda s: s.state is State.MISSING, _nothing),
)


def history_lines(history: GradeHistory) -> Iterator[str]:
    """How a grade came about, the oldest first."""
    yield f"{printable(history.student, 60)}, {history.assignment}"
    for one in history.gradings:
        file = f", {one.file}" if one.file else ""
        score = f"{points(one.points)} of {points(one.max_points)}"
        yield f"{one.graded}  {score} by checks ({one.by}, round {one.number}): {one.why}{file}"
    if history.problem:
        yield f"not graded the last time: {history.problem}"
    for given in history.by_hand:
        was = "nothing" if given.by_checks is None else points(given.by_checks)
        comment = " ".join(given.comment.split())
        said = f" {printable(comment, 200)!r}" if comment else ""
        if given.points is None:
            yield f"by hand  {given.name}: a comment{said}"
        else:
            yield f"by hand  {given.name}: {points(given.points)} in the place of {was}{said}"
    if history.released:
        yield f"{history.released}  feedback released"
    if history.held is not None:
        held = history.held
        yield (
            f"{held.entry.graded}  {points(held.entry.points)} of "
            f"{points(held.entry.max_points)} by checks ({held.entry.by}): held, the released "
            f"result stays with {points(held.before)}"
        )
        yield from (f"    {printable(move_line(one), 500)}" for one in held.moved)
    for request in history.requests:
        yield from request_lines(request)


def as_csv(found: Sequence[Status]) -> str:
    """A row for each student and assignment; no cell of it computes."""
    rows = (_row(status.assignment, stand) for status in found for stand in status.stands)
    return csv_text(COLUMNS, rows)


def _row(assignment: str, stand: Stand) -> Sequence[object]:
    return (
        *(assignment, stand.student, stand.name, stand.state.value, stand.why),
        *(stand.points, stand.max_points, f"{stand.late_s / 3600:.2f}" if stand.late_s else ""),
        *(stand.handed_in.isoformat() if stand.handed_in else "", stand.page.value),
        *(stand.released, "yes" if stand.on_roster else "no", " ".join(stand.also)),
    )
