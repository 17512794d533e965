"""Where each submission of an assignment stands, for one screen: from what is recorded alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from autograder.classroom.feedback import pages_that_stand
from autograder.course.course import Course
from autograder.course.handed_in import handed_in
from autograder.nbgrader_bridge.gradebook import Total, knows, totals
from autograder.nbgrader_bridge.record import History, Record
from autograder.nbgrader_bridge.roster import Person, people

_NOT_OF_A_NAME = re.compile(r"[^a-z0-9]+")


class State(StrEnum):
    """What became of a submission, the most urgent first."""

    NOT_GRADED = "not graded"
    CHANGED = "handed in again, not graded yet"
    NEW = "not graded yet"
    WAITS = "waits for a person"
    GRADED = "graded"
    MISSING = "missing"


class Page(StrEnum):
    """How a feedback page stands to the grade."""

    NONE = "no page"
    OLDER = "older than the grade"
    CURRENT = "current"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """Where one student's submission stands. `name` is the one of nbgrader's students table.

    `why` says why it was not graded or what waits; `points` are as the gradebook has them, None
    where there is no grade. `late_s` is in seconds. `released` is when feedback was given out, "".
    """

    student: str
    name: str
    state: State
    why: str = ""
    points: float | None = None
    max_points: float | None = None
    late_s: float = 0.0
    handed_in: datetime | None = None
    page: Page = Page.NONE
    released: str = ""
    on_roster: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """Where an assignment stands: everybody who is on the roster or has handed in."""

    assignment: str
    stands: tuple[Stand, ...]

    def of(self, *states: State) -> list[Stand]:
        """Those in one of these states."""
        return [stand for stand in self.stands if stand.state in states]


def status(course: Course, assignment: str) -> Status:
    """Where an assignment stands now. Raises UnknownName."""
    course.require_assignment(assignment)
    roster = people(course.db_url)
    submitted = course.submitted(assignment)
    in_all = totals(course.db_url, assignment) if knows(course.db_url, assignment) else {}
    record = Record(course, assignment)
    current = pages_that_stand(course, assignment, [s for s in submitted if s in in_all])
    same = same_person(submitted, roster)
    stands = []
    for student in sorted({*roster, *submitted}):
        person = roster.get(student)
        history = record.history(student)
        there = student in submitted
        total = in_all.get(student)
        content = handed_in(course, assignment, student).content if there else None
        state, why = _state(content, history, total)
        stands.append(
            Stand(
                student=student,
                name=person.name if person else "",
                state=state,
                why=why,
                points=total.points if total and history.newest else None,
                max_points=total.max_points if total and history.newest else None,
                late_s=total.late_s if total else 0.0,
                handed_in=_moment(history),
                page=_page(course, assignment, student, current),
                released=history.released,
                on_roster=not there or _is_on_roster(student, roster),
                also=tuple(other for other in same.get(student, ()) if other != student),
            )
        )
    return Status(assignment=assignment, stands=tuple(stands))


def _state(content: str | None, history: History, total: Total | None) -> tuple[State, str]:
    """`content` is what lies there now, None where nothing does."""
    if content is None:
        return State.MISSING, ""
    if history.problem:
        return State.NOT_GRADED, history.problem
    newest = history.newest
    if newest is None:
        return State.NEW, ""
    if newest.content != content:
        return State.CHANGED, ""
    if total is not None and total.waiting:
        answers = "1 answer" if total.waiting == 1 else f"{total.waiting} answers"
        return State.WAITS, f"{answers} to grade by hand"
    return State.GRADED, ""


def _page(course: Course, assignment: str, student: str, current: frozenset[str]) -> Page:
    if student in current:
        return Page.CURRENT
    folder: Path = course.folder("feedback", student, assignment)
    return Page.OLDER if (folder / f"{assignment}.html").exists() else Page.NONE


def _moment(history: History) -> datetime | None:
    newest = history.newest
    try:
        return datetime.fromisoformat(newest.handed_in) if newest and newest.handed_in else None
    except ValueError:
        return None


def _is_on_roster(student: str, roster: Mapping[str, Person]) -> bool:
    """Grading enters whoever hands in. Where an instructor has entered people with their names, one
    that has none was entered by grading.
    """
    entered = any(person.is_named for person in roster.values())
    person = roster.get(student)
    return person is not None and (person.is_named or not entered)


def same_person(students: Sequence[str], roster: Mapping[str, Person]) -> dict[str, list[str]]:
    """Hand-ins that may be of one person, by each of their ids: ids that differ in case, blanks and
    signs alone, or that the roster has under one e-mail address.
    """
    found: dict[str, list[str]] = {}
    for keys in (
        [_NOT_OF_A_NAME.sub("", student.casefold().partition("@")[0]) for student in students],
        [roster[s].email.casefold() if s in roster else "" for s in students],
    ):
        for group in _groups(zip(keys, students, strict=True)):
            for student in group:
                known = found.setdefault(student, [])
                known += [one for one in group if one not in known]
    return found


def _groups(keyed: Iterable[tuple[str, str]]) -> list[list[str]]:
    by_key: dict[str, list[str]] = {}
    for key, student in keyed:
        if key:
            by_key.setdefault(key, []).append(student)
    return [group for group in by_key.values() if len(group) > 1]
