"""Why a person should look at a submission: each reason found in what is recorded of it.

What is said of an exercise by several is said once, by the one that comes first in `Reason`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from autograder.course.course import Course
from autograder.expect.printable import printable
from autograder.feedback.block import points
from autograder.hand_in.raw import raw_grade_id
from autograder.marking.marked import Marked
from autograder.nbgrader_bridge.by_hand import overrides_without_reason
from autograder.nbgrader_bridge.record import History, Record
from autograder.nbgrader_bridge.waiting import Waiting, waiting_answers
from autograder.results import CheckResult, ExerciseResult, Outcome, Reader
from autograder.review.alike_kept import LastComparison
from autograder.review.held import held_grades
from autograder.review.requests import open_requests

_LONGEST: Final = 240
# What a student's code is told where a wall of the sandbox stood in its way.
_BLOCKED: Final = re.compile(
    r"PermissionError|Permission denied|Operation not permitted|Network is unreachable"
    r"|Temporary failure in name resolution|Name or service not known"
)


class Reason(StrEnum):
    """Why somebody should look, in the order of need."""

    WRITTEN = "written answer to mark"
    NOT_GRADED = "not graded"
    CHECK = "a check raised an error of its own"
    FILE = "which file counts cannot be told"
    STOPPED = "ran out of time, or its kernel died"
    NEAR = "points lost by a tolerance step"
    VISIBLE = "passed every visible check, lost points"
    BLOCKED = "a read or a connection was blocked"
    ALIKE = "alike beyond chance"
    FELL = "fell in a regrade, or would"
    OVERRIDE = "points changed by hand without a reason"
    REQUEST = "a student's question"


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """One thing for a person: whose, of which exercise ("" for the whole hand-in), why, and what
    was seen. `of` is what it is about: where that changes, what was done with it counts no more.
    """

    reason: Reason
    student: str
    exercise: str = ""
    seen: str = ""
    of: str = ""


def needs_of(course: Course, assignment: str, comparison: LastComparison) -> list[Need]:
    """All needs of an assignment, in order: by reason, then by student; `comparison` is what was
    found alike. Raises UnknownName and GradebookUnusable.
    """
    course.require_assignment(assignment)
    found = [
        *_from_results(course, assignment),
        *_alike(comparison),
        *_held(course, assignment),
        *_overrides(course, assignment),
        *_requests(course, assignment),
    ]
    order = list(Reason)
    return sorted(found, key=lambda one: (order.index(one.reason), one.student, one.exercise))


def _from_results(course: Course, assignment: str) -> Iterator[Need]:
    record, waiting = Record(course, assignment), waiting_answers(course.db_url, assignment)
    for student in sorted({*record.students(), *course.submitted(assignment)}):
        history = record.history(student)
        if history.problem:
            yield Need(
                reason=Reason.NOT_GRADED,
                student=student,
                seen=history.problem,
                of=history.tried,
            )
        marked = record.result(student)
        if marked is None or history.newest is None:
            continue
        of = history.newest.content
        yield from _fallen(student, history)
        told: set[str] = set()
        for need in _of_marked(student, marked, waiting.get(student, ()), of):
            if need.exercise not in told or not need.exercise:
                yield need
            told.add(need.exercise)


def _of_marked(student: str, marked: Marked, waiting: Sequence[Waiting], of: str) -> Iterator[Need]:
    report = marked.report
    if marked.waits_whole:
        seen = _first_words(report.exercises[0].checks)
        yield Need(reason=Reason.FILE, student=student, seen=seen, of=of)
        return
    results = {one.exercise: one for one in report.exercises}
    for answer in waiting:
        if answer.name not in results:
            changed = "changed since it was marked, " if answer.was_marked else ""
            seen = f"{changed}worth {points(answer.max_points)} points"
            yield _need(Reason.WRITTEN, student, answer.name, seen, of)
        elif answer.was_marked:
            seen = "points were given by hand, and the answer has changed since"
            yield _need(Reason.WRITTEN, student, answer.name, seen, of)
    for result in report.exercises:
        if result.undecided:
            raised = [c for c in result.checks if c.outcome is Outcome.UNDECIDED]
            yield _need(Reason.CHECK, student, result.exercise, _for_ta(raised), of)
    yield from _lost(student, marked, of)
    yield from _blocked(student, marked, of)


def _lost(student: str, marked: Marked, of: str) -> Iterator[Need]:
    report = marked.report
    ended = {cell.name: cell for cell in report.cells if cell.status in ("timeout", "died")}
    for result in report.exercises:
        if result.points >= result.max_points or result.undecided:
            continue
        name, lost = result.exercise, _lost_words(result)
        stopped = [c for c in result.checks if c.outcome in (Outcome.TIMEOUT, Outcome.DIED)]
        near = [check for check in result.checks if check.near]
        if name in ended:
            cell = ended[name]
            how = "its cell ran out of time" if cell.status == "timeout" else "its kernel died"
            why = f" ({printable(cell.why, 120)})" if cell.why else ""
            yield _need(Reason.STOPPED, student, name, f"{how}{why}; {lost}", of)
        elif stopped:
            yield _need(Reason.STOPPED, student, name, f"{_first_words(stopped)} {lost}", of)
        elif near:
            yield _need(Reason.NEAR, student, name, f"{_for_ta(near)} {lost}", of)
        elif marked.visible.get(name):
            wrong = [check for check in result.checks if check.credit < 1]
            yield _need(Reason.VISIBLE, student, name, f"{_first_words(wrong)} {lost}", of)


def _blocked(student: str, marked: Marked, of: str) -> Iterator[Need]:
    """What its cells or the checks were told by the sandbox: what an answer catches is not seen."""
    for name, text in _errors_of(marked.notebook):
        if _BLOCKED.search(text):
            # Of the whole hand-in: whatever else is said of the exercise, this is said too.
            seen = f"the cell {printable(name, 80)} got {printable(text, 160)}"
            yield Need(reason=Reason.BLOCKED, student=student, seen=seen, of=of)
            return
    for result in marked.report.exercises:
        for check in result.checks:
            text = next((t for t in check.said_to(Reader.TA) if _BLOCKED.search(t)), "")
            if text:
                seen = f"a call of {result.exercise} got {printable(text, 160)}"
                yield Need(reason=Reason.BLOCKED, student=student, seen=seen, of=of)
                return


def _errors_of(notebook: str) -> Iterator[tuple[str, str]]:
    """The exceptions that cells ended with, by the cell's name or number."""
    try:
        cells = json.loads(notebook)["cells"]
        for number, cell in enumerate(cells, 1):
            name = raw_grade_id(cell) or str(number)
            for output in cell.get("outputs", ()):
                if output["output_type"] == "error":
                    yield name, f"{output['ename']}: {output['evalue']}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return


def _alike(comparison: LastComparison) -> Iterator[Need]:
    for pair in comparison.pairs:
        # Whose they are, `autograder alike` says: here Formgrader's anonymity holds.
        seen = f"as another hand-in in {', '.join(pair.exercises)}"
        of = f"{pair.other} {pair.exercises}"
        yield Need(reason=Reason.ALIKE, student=pair.one, seen=printable(seen, _LONGEST), of=of)


def _fallen(student: str, history: History) -> Iterator[Need]:
    """A grade of the same hand-in that is lower than it was."""
    *before, newest = history.entries
    of_it = [entry for entry in before if entry.content == newest.content]
    if of_it and newest.points < of_it[-1].points:
        seen = f"{points(of_it[-1].points)} became {points(newest.points)} by {newest.by}"
        yield Need(reason=Reason.FELL, student=student, seen=seen, of=newest.graded)


def _held(course: Course, assignment: str) -> Iterator[Need]:
    for held in held_grades(course, assignment):
        names = ", ".join(one.exercise for one in held.moved)
        seen = f"{points(held.before)} stand, {points(held.now)} were found anew"
        yield Need(
            reason=Reason.FELL,
            student=held.student,
            seen=f"{seen} ({names})" if names else seen,
            of=held.graded,
        )


def _overrides(course: Course, assignment: str) -> Iterator[Need]:
    for one in overrides_without_reason(course, assignment):
        given = one.given
        assert given.points is not None, "it is an override"
        was = "nothing" if given.by_checks is None else points(given.by_checks)
        seen = f"{points(given.points)} in the place of {was}; write why as a comment"
        yield _need(Reason.OVERRIDE, one.student, given.name, seen, f"{given.points}")


def _requests(course: Course, assignment: str) -> Iterator[Need]:
    for one in open_requests(course, assignment):
        text = " ".join(one.request.text.split())
        yield _need(Reason.REQUEST, one.student, one.request.exercise, text, one.request.asked)


def _need(reason: Reason, student: str, exercise: str, seen: str, of: str) -> Need:
    return Need(
        reason=reason,
        student=student,
        exercise=exercise,
        seen=printable(" ".join(seen.split()), _LONGEST),
        of=of,
    )


def _lost_words(result: ExerciseResult) -> str:
    return f"{points(result.points)} of {points(result.max_points)} points"


def _first_words(checks: Iterable[CheckResult]) -> str:
    """What the first of these checks says to students."""
    return next((text for check in checks for text in check.said_to(Reader.STUDENT)), "")


def _for_ta(checks: Iterable[CheckResult]) -> str:
    """The last short sentence that the first of these checks has for TAs: what came, or raised."""
    for check in checks:
        said = [text for text in check.said_to(Reader.TA) if "\n" not in text]
        if said:
            return said[-1]
    return ""
