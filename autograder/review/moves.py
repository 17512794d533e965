"""What grading anew moves, as lines for a terminal and as rows for a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from autograder.classroom.regrading import Effect, Regraded
from autograder.expect.printable import printable
from autograder.feedback.block import points
from autograder.feedback.moved import move_line
from autograder.nbgrader_bridge.export import csv_text
from autograder.nbgrader_bridge.holding import allowing_command

COLUMNS: Final = (
    *("assignment", "student", "effect", "before", "now", "max_points", "handed_in_again"),
    *("exercise", "exercise_before", "exercise_now", "exercise_max_points", "by_hand", "why"),
)
_IN_WORDS: Final = {
    Effect.GAINS: "gaining points",
    Effect.LOSES: "losing points",
    Effect.HELD: "released results held",
    Effect.OTHERWISE: "with the same total, otherwise spread",
    Effect.SAME: "unchanged",
    Effect.FIRST: "without a result before",
    Effect.NOT_GRADED: "not graded",
}


def moves_lines(assignment: str, found: Sequence[Regraded]) -> Iterator[str]:
    """Who gains or loses what, at which exercise and why, then how many do; those for whom nothing
    changes are counted alone.
    """
    for one in found:
        if one.moved or one.effect in (Effect.FIRST, Effect.NOT_GRADED):
            yield _line(assignment, one)
            for move in one.moved:
                yield f"    {printable(move_line(move), 500)}"
    counts = Counter(one.effect for one in found)
    said = [f"{counts[effect]} {words}" for effect, words in _IN_WORDS.items() if counts[effect]]
    yield ", ".join(said)


def _line(assignment: str, one: Regraded) -> str:
    who = printable(one.student, 40)
    if one.problem is not None:
        return f"  {who}: {printable(' '.join(str(one.problem).split()), 400)}"
    again = ", handed in again" if one.handed_in_again else ""
    if one.before is None:
        return f"  {who}: {_of(one.now)} of {_of(one.max_points)}, {one.effect.value}{again}"
    held = ""
    if one.effect is Effect.HELD:
        lower = printable(allowing_command(assignment, one.student), 300)
        held = f", held: the released result stays. To lower it: {lower}"
    now = f"now {_of(one.now)} of {_of(one.max_points)}"
    return f"  {who}: {_of(one.before)} before, {now}{again}{held}"


def _of(value: float | None) -> str:
    return "none" if value is None else points(value)


def moves_csv(assignment: str, found: Sequence[Regraded]) -> str:
    """A row for each exercise that moves, one without an exercise where none does; no cell of it
    computes.
    """
    return csv_text(COLUMNS, (row for one in found for row in _rows(assignment, one)))


def _rows(assignment: str, one: Regraded) -> Iterator[Sequence[object]]:
    again = "yes" if one.handed_in_again else "no"
    of_all = (
        *(assignment, one.student, one.effect.value, one.before, one.now, one.max_points),
        again,
    )
    for move in one.moved:
        by_hand = "yes" if move.by_hand else "no"
        moves = (move.exercise, move.before, move.now, move.max_points, by_hand, move.why)
        yield (*of_all, *moves)
    if not one.moved:
        why = " ".join(str(one.problem).split()) if one.problem is not None else ""
        yield (*of_all, *[""] * 5, why)
