"""A report made and put into its place, and the same numbers as CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from autograder.errors import UnknownName
from autograder.files import write_whole
from autograder.nbgrader_bridge.record import Record
from autograder.report import tables
from autograder.report.course import COURSE, whole_course
from autograder.report.earlier import changes_since_last
from autograder.report.facts import Facts, NothingGraded, facts_of
from autograder.report.findings import findings_of, promise, summary
from autograder.report.numbers import numbers_of
from autograder.report.page import assignment_page, course_page
from autograder.report.sections import Told
from autograder.report.tables import Naming, Table, by_name
from autograder.report.written import as_csv, as_data

Seen = Callable[[], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistics:
    """All tables of an assignment or a course, and the sentences that begin the report."""

    name: str
    said: tuple[str, ...]
    tables: tuple[Table, ...]
    each: tuple[Statistics, ...] = ()

    def csv(self, name: str = "students") -> str:
        """One of the tables as CSV; raises UnknownName."""
        for table in self.tables:
            if table.name == name:
                return as_csv(table)
        raise UnknownName("table", name, [table.name for table in self.tables])

    def data(self) -> dict[str, Any]:
        """Everything as data for JSON."""
        each = {one.name: one.data() for one in self.each}
        found = {"name": self.name, "said": list(self.said), **as_data(self.tables)}
        return {**found, "assignments": each} if each else found


def write_report(
    course: Course, assignment: str = "", *, anonymous: bool = False, seen: Seen = lambda: None
) -> Path:
    """Makes the report of an assignment, or of the course, and gives its place.

    Raises UnknownName, GradebookUnusable and NothingGraded.
    """
    now = datetime.now(UTC)
    each = [_told(course, facts, now) for facts in _facts(course, assignment, seen)]
    if assignment:
        text = assignment_page(each[0], now, anonymous=anonymous)
    else:
        whole = _told(course, whole_course([told.facts for told in each]), now)
        text = course_page(whole, each, now, anonymous=anonymous)
    name = f"{assignment or COURSE}{'-anonymous' if anonymous else ''}"
    path = course.reports / f"{name}.html"
    # It names students with their points: whoever may not read the gradebook's secrets may not.
    write_whole(path, text, course.secret_mode)
    return path


def _told(course: Course, facts: Facts, now: datetime) -> Told:
    numbers = numbers_of(facts)
    return Told(facts=facts, numbers=numbers, changes=changes_since_last(course, numbers, now))


def statistics_of(
    course: Course, assignment: str = "", *, anonymous: bool = False, seen: Seen = lambda: None
) -> Statistics:
    """The numbers of an assignment, or of the course; raises as `write_report` does."""
    found = _facts(course, assignment, seen)
    if assignment:
        return _of_assignment(found[0], anonymous)
    return _of_course(found, anonymous)


def _of_assignment(facts: Facts, anonymous: bool) -> Statistics:
    numbers = numbers_of(facts)
    findings = findings_of(numbers)
    made = (
        *(tables.students(facts, numbers, _naming(facts, anonymous)), tables.distribution(numbers)),
        *(tables.exercises(numbers), tables.checks(numbers), tables.misconceptions(numbers)),
        *(tables.unnamed(numbers), tables.promises(numbers), tables.models(numbers)),
        *(tables.lateness(numbers), tables.limits(numbers), tables.not_understood(findings)),
    )
    said = (*(one.sentence for one in findings), summary(numbers), promise(numbers))
    return Statistics(name=facts.assignment, said=said, tables=made)


def _of_course(found: Sequence[Facts], anonymous: bool) -> Statistics:
    whole = whole_course(found)
    numbers = numbers_of(whole)
    each = tuple(_of_assignment(facts, anonymous) for facts in found)
    made = (
        tables.students(whole, numbers, _naming(whole, anonymous), "assignment"),
        tables.distribution(numbers),
        tables.exercises(numbers, "assignment"),
    )
    said = tuple(f"{one.name}: {sentence}" for one in each for sentence in one.said)
    return Statistics(name=COURSE, said=said, tables=made, each=each)


def _naming(facts: Facts, anonymous: bool) -> Naming:
    return tables.anonymous(tables.ordered(facts)) if anonymous else by_name


def _facts(course: Course, assignment: str, seen: Seen) -> list[Facts]:
    if assignment:
        return [facts_of(course, assignment, seen)]
    found = []
    for name in course.assignments():
        try:
            found.append(facts_of(course, name, seen))
        except NothingGraded:
            continue  # Not yet: the course is the others.
    if not found:
        raise NothingGraded(
            "No assignment of this course is graded yet, so there is nothing to report.",
            "Grade one first.",
        )
    return found


def how_many(course: Course, assignment: str = "") -> int:
    """How many submissions will be read."""
    names = [course.require_assignment(assignment)] if assignment else course.assignments()
    return sum(len(Record(course, name).students()) for name in names)
