"""Grading anew, and what it moves: written, or tried without writing anything."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from autograder.classroom.grade import executor_of, grade_class, is_registered, worker_count
from autograder.classroom.preflight import preflight
from autograder.classroom.running import BY, mark_anew, no_text, try_checks
from autograder.classroom.workers import MakeExecutor, Order, Pool
from autograder.course.course import CHECKS_FILE, Course
from autograder.course.handed_in import handed_in
from autograder.course.rounds import current_round
from autograder.errors import KitError, Refused
from autograder.feedback.moved import Moved, difference, falls, moved
from autograder.marking.marked import Marked
from autograder.marking.task import Task
from autograder.nbgrader_bridge.by_hand import exercises_by_hand
from autograder.nbgrader_bridge.graded import Graded, is_text, require_our_steps
from autograder.nbgrader_bridge.holding import kept_or_new
from autograder.nbgrader_bridge.prepared import Prepared, result_of
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.writer import Result
from autograder.results import Report, read


class Effect(StrEnum):
    """What grading anew does to a grade."""

    GAINS = "gains"
    LOSES = "loses"
    HELD = "held"
    OTHERWISE = "the same in all"
    SAME = "unchanged"
    FIRST = "first grading"
    NOT_GRADED = "not graded"


@dataclass(frozen=True, kw_only=True, slots=True)
class Regraded:
    """One submission graded anew. Points are those of checks, `before` is None where there was no
    result; `problem` says why there is no result now. `handed_in_again` is true of another hand-in
    than the one that was graded before.
    """

    student: str
    effect: Effect
    before: float | None = None
    now: float | None = None
    max_points: float | None = None
    moved: tuple[Moved, ...] = ()
    handed_in_again: bool = False
    problem: KitError | None = None


def regrade(
    course: Course,
    assignment: str,
    students: Sequence[str],
    *,
    dry_run: bool = False,
    allow_lower: bool = False,
    wait: bool = False,
    make_executor: MakeExecutor | None = None,
    say: Callable[[str], None] = lambda _text: None,
) -> Iterator[Regraded]:
    """Grades submissions anew, whether or not anything has changed, and tells what that moves.

    With `dry_run` nothing of the course is written: no grade, graded notebook, record or page.
    Where nothing but the checks of some exercises has changed, these alone are asked. Released
    grades fall only with `allow_lower`. Raises what `grade_class` raises; a dry run also Refused
    where the gradebook does not know the source as it is now.
    """
    before = _Before(course, assignment, students)
    if dry_run:
        results = _tried(
            course, assignment, students, allow_lower=allow_lower, make=make_executor, say=say
        )
    else:
        told = grade_class(
            course,
            assignment,
            students,
            force=True,
            only_changed=True,
            allow_lower=allow_lower,
            wait=wait,
            make_executor=make_executor,
            say=say,
        )
        # What is told again brings hints, which move no points.
        results = (one.graded for one in told if not one.again)
    for graded in results:
        yield before.compared(graded)


class _Before:
    """What the students had before."""

    def __init__(self, course: Course, assignment: str, students: Sequence[str]) -> None:
        self.course = course
        self.assignment = assignment
        record = Record(course, assignment)
        self._reports = {student: self._report(record, student) for student in students}
        self._again = {student: self._is_another(record, student) for student in students}

    def _report(self, record: Record, student: str) -> Report | None:
        if record.history(student).newest is None:
            return None
        kept = record.result(student)
        if kept is not None:
            return kept.report
        try:
            return read(self.course.folder("autograded", student, self.assignment) / CHECKS_FILE)
        except (OSError, ValueError):
            return None

    def _is_another(self, record: Record, student: str) -> bool:
        newest = record.history(student).newest
        if newest is None:
            return False
        return handed_in(self.course, self.assignment, student).content != newest.content

    def compared(self, graded: Graded) -> Regraded:
        """What became of a student's grade."""
        student = graded.student
        before, again = self._reports.pop(student, None), self._again.get(student, False)
        now = graded.report
        if now is None:
            return Regraded(
                student=student,
                effect=Effect.NOT_GRADED,
                before=before.points if before is not None else None,
                handed_in_again=again,
                problem=graded.problem,
            )
        moves = self._moves(graded, before)
        found = graded.held.entry if graded.held is not None else now
        return Regraded(
            student=student,
            effect=_effect(graded, before, moves),
            before=before.points if before is not None else None,
            now=found.points,
            max_points=found.max_points,
            moved=moves,
            handed_in_again=again,
        )

    def _moves(self, graded: Graded, before: Report | None) -> tuple[Moved, ...]:
        if graded.held is not None:
            return graded.held.moved
        if before is None or graded.report is None:
            return ()
        if not moved(before, graded.report):
            return ()
        by_hand = exercises_by_hand(self.course.db_url, self.assignment, graded.student)
        return moved(before, graded.report, by_hand)


def _effect(graded: Graded, before: Report | None, moves: Sequence[Moved]) -> Effect:
    if graded.held is not None:
        return Effect.HELD
    if before is None:
        return Effect.FIRST
    if falls(moves):
        return Effect.LOSES
    if difference(moves) > 0:
        return Effect.GAINS
    counted = [one for one in moves if not one.by_hand]
    return Effect.OTHERWISE if counted else Effect.SAME


def _tried(
    course: Course,
    assignment: str,
    students: Sequence[str],
    *,
    allow_lower: bool,
    make: MakeExecutor | None,
    say: Callable[[str], None],
) -> Iterator[Graded]:
    """What grading anew would find, nothing of which is written. Known mistakes are not tried: they
    move no points.
    """
    require_our_steps(course)
    preflight(course, assignment)
    if not is_registered(course, assignment):
        raise Refused(
            f"The source of {assignment} is another than the gradebook knows: a dry run writes "
            "nothing, not even that.",
            "Build it first:",
            f"autograder build {assignment}",
        )
    trial = _Trial(course, assignment, allow_lower=allow_lower)
    names = [student for student in students if is_text(student)]
    rounds = {student: trial.round_of(student) for student in names}
    with Pool(make or executor_of(course), worker_count(course)) as pool:
        if names:
            pool.start()
        for number in sorted(set(rounds.values())):
            try_checks(pool, trial.of(number), say)
        for student in students:
            if student not in rounds:
                yield Graded(student=student, problem=no_text())
        orders = deque(trial.order(student, number) for student, number in rounds.items())
        for done in pool.done(orders):
            for order, outcome in done:
                try:
                    marked = Marked.from_plain(result_of(outcome))
                    yield trial.graded(order.who, rounds[order.who], marked)
                except KitError as problem:
                    yield Graded(student=order.who, problem=problem)


class _Trial:
    """An assignment for a dry run: its rounds made ready, the record read."""

    def __init__(self, course: Course, assignment: str, *, allow_lower: bool) -> None:
        self.course = course
        self.assignment = assignment
        self.allow_lower = allow_lower
        self.record = Record(course, assignment)
        self._rounds: dict[int, Prepared] = {}

    def of(self, number: int) -> Prepared:
        """A round, made ready once."""
        if number not in self._rounds:
            self._rounds[number] = Prepared(self.course, self.assignment, number)
        return self._rounds[number]

    def round_of(self, student: str) -> int:
        """The round in which a student's hand-in is graded."""
        content = handed_in(self.course, self.assignment, student).content
        found = self.record.round_of(student, content)
        return found or current_round(self.course, self.assignment)

    def order(self, student: str, number: int) -> Order[str]:
        """What a worker is asked; the hand-in is read when it is handed out."""
        prepared = self.of(number)

        def task() -> Task:
            taken = handed_in(self.course, self.assignment, student)
            return prepared.task(mark_anew(prepared, self.record, taken))

        return Order(who=student, task=task, bring=prepared.bring)

    def graded(self, student: str, number: int, marked: Marked) -> Graded:
        """A result as a run would tell it."""
        taken = handed_in(self.course, self.assignment, student)
        entry = self.of(number).entry(marked, taken, BY)
        result = Result(handed_in=taken, marked=marked, entry=entry)
        if not self.allow_lower:
            result = kept_or_new(self.course, self.assignment, self.record, result)
        return Graded(student=student, report=result.marked.report, held=result.held)
