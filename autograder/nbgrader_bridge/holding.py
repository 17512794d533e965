"""A released grade falls only where an instructor allows it: the rule, for every way of grading.

It holds for the same hand-in graded anew, by other checks, settings or versions. Another hand-in
that gets fewer points is a result like any other.
"""

from __future__ import annotations

import shlex

from autograder.course.course import Course
from autograder.errors import NotGraded
from autograder.expect.printable import printable
from autograder.feedback.block import points
from autograder.feedback.moved import Moved, falls, move_line, moved
from autograder.nbgrader_bridge.by_hand import exercises_by_hand
from autograder.nbgrader_bridge.record import Entry, Held, Record
from autograder.nbgrader_bridge.writer import Result

_MOST_WORDS = 300


def kept_or_new(course: Course, assignment: str, record: Record, result: Result) -> Result:
    """The result as it is to be written: the new one, or the released one with what is held back.

    Points that a person has given stand over those of checks and do not fall with them. Raises
    NotGraded where points would be lost and the released result has no copy to be kept by.
    """
    student = result.handed_in.student
    history = record.history(student)
    newest = history.newest
    if newest is None or not history.is_released or newest.content != result.entry.content:
        return result
    kept = record.result(student)
    if kept is None:
        _require_no_fewer(assignment, student, newest, result.entry)
        return result
    moves = moved(kept.report, result.marked.report)
    if falls(moves):
        # Asked for only here: most results do not fall.
        by_hand = exercises_by_hand(course.db_url, assignment, student)
        moves = moved(kept.report, result.marked.report, by_hand)
    if not falls(moves):
        return result
    held = Held(entry=result.entry, before=kept.report.points, moved=moves)
    return Result(handed_in=result.handed_in, marked=kept, entry=newest, held=held)


def _require_no_fewer(assignment: str, student: str, newest: Entry, now: Entry) -> None:
    if now.points < newest.points:
        raise NotGraded(
            f"it would lose points ({points(newest.points)} before, now {points(now.points)}), and "
            "the record holds no copy of the released result",
            f"To write it: {allowing_command(assignment, student)}",
        )


def allowing_command(assignment: str, student: str) -> str:
    """The command that lets a student's released grade fall."""
    who, what = shlex.quote(student), shlex.quote(assignment)
    return f"autograder regrade {what} --student {who} --allow-lower"


def held_in_words(assignment: str, student: str, held: Held) -> str:
    """What is said of a released result that stands, in one line, with the command that lets it
    fall.
    """
    first = next((one for one in held.moved if _costs(one)), None)
    why = f" ({printable(move_line(first), _MOST_WORDS)})" if first is not None else ""
    return (
        f"{printable(student, 40)}: the released {points(held.before)} points stay; graded anew it "
        f"gets {points(held.entry.points)}{why}. To lower it: "
        f"{printable(allowing_command(assignment, student), _MOST_WORDS)}"
    )


def _costs(one: Moved) -> bool:
    return one.now < one.before and not one.by_hand
