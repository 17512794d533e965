"""A submission marked for nbgrader's own steps: by the same function as in a class run.

Only what is known at once is put in: hints of mistakes that nobody has tried yet come with the next
`autograder grade`.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from autograder.course.course import Course
from autograder.course.handed_in import HandedIn, handed_in
from autograder.course.rounds import current_round
from autograder.marking.jobs import Job, Mark, TryReference
from autograder.marking.marked import Marked
from autograder.marking.task import MISSING, OVERRUN
from autograder.marking.template import work_apart
from autograder.nbgrader_bridge.holding import held_in_words, kept_or_new
from autograder.nbgrader_bridge.prepared import Prepared, result_of, trail_of
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.writer import Result

BY_STOCK = "nbgrader autograde"
# Of one run of nbgrader's converter: its settings and the assignment stay as they are.
_prepared: WeakKeyDictionary[Any, dict[tuple[str, int], Prepared]] = WeakKeyDictionary()


def marked_for(converter: Any, course: Course, assignment: str, student: str) -> Result:
    """The result of a submission, or the released one that stands in its place. Raises the KitError
    of what the kit could not do.
    """
    taken = handed_in(course, assignment, student)
    record = Record(course, assignment)
    number = record.round_of(student, taken.content)
    number = number or current_round(course, assignment)
    of_run = _prepared.setdefault(converter, {}) if converter is not None else {}
    if (assignment, number) not in of_run:
        of_run[assignment, number] = ready(course, assignment, number)
    result = kept_or_new(
        course, assignment, record, marked_by(of_run[assignment, number], taken, BY_STOCK)
    )
    if result.held is not None and converter is not None:
        converter.log.warning(held_in_words(assignment, student, result.held))
    return result


def ready(course: Course, assignment: str, number: int = 1) -> Prepared:
    """An assignment whose checks give the reference full marks; raises ChecksBroken."""
    prepared = Prepared(course, assignment, number)
    if not prepared.is_ready():
        prepared.keep_trail(trail_of(assignment, done(prepared, TryReference())))
    return prepared


def marked_by(prepared: Prepared, taken: HandedIn, by: str) -> Result:
    """The result of one submission, marked alone."""
    outcome = done(prepared, Mark(handed_in=taken))
    if OVERRUN in outcome:
        outcome = done(prepared, Mark(handed_in=taken))
    marked = Marked.from_plain(result_of(outcome))
    return Result(handed_in=taken, marked=marked, entry=prepared.entry(marked, taken, by))


def done(prepared: Prepared, job: Job) -> dict[str, Any]:
    """What came of a job, done on this machine."""
    task = prepared.task(job)
    outcome = work_apart(task)
    while MISSING in outcome:
        outcome = work_apart(prepared.bring(task, outcome[MISSING]))
    return outcome
