"""One run of a class: which results stand and why, what workers are asked, what is written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from autograder.classroom.workers import Done, Order, Pool
from autograder.course.course import CHECKS_FILE, Course
from autograder.course.handed_in import HandedIn, handed_in
from autograder.course.rounds import current_round
from autograder.errors import KitError, NotGraded
from autograder.marking.jobs import DiagnoseAgain, Mark, TryMistakes, TryReference
from autograder.marking.marked import Marked
from autograder.nbgrader_bridge.earlier import earlier_result
from autograder.nbgrader_bridge.graded import Graded, is_text
from autograder.nbgrader_bridge.holding import kept_or_new
from autograder.nbgrader_bridge.prepared import Prepared, result_of, trail_of
from autograder.nbgrader_bridge.record import Entry, History, Record
from autograder.nbgrader_bridge.writer import Result, Writer
from autograder.results import Report, read, to_json

BY = "autograder grade"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Of:
    """What an order is of: a student's submission."""

    kind: type[Mark] | type[DiagnoseAgain]
    number: int
    name: str


@dataclass(slots=True)
class _Share:
    """A worker's share of the exercises whose mistakes are to be tried, taken when it is free."""

    number: int = 0
    exercises: tuple[str, ...] | None = None


@dataclass(slots=True)
class _Pending:
    """A submission under way: what was handed in, and its result while it lacks hints."""

    handed_in: HandedIn
    number: int
    unchanged: bool = False
    told: bool = False
    marked: Marked | None = None
    lacks: set[str] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One student's result: whether it is of an earlier run that still stands, and whether it was
    told before and comes `again`, with its hints.
    """

    graded: Graded
    unchanged: bool = False
    again: bool = False


class Run:
    """A class run. `standing` are the students whose results stay as they are; `all_stand` says
    at the end whether all others have one too. With `allow_lower` released grades may fall; with
    `whole` exercises are asked anew, too, whose checks have not changed.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        pool: Pool,
        say: Callable[[str], None],
        *,
        allow_lower: bool = False,
        whole: bool = False,
    ) -> None:
        self.course = course
        self.assignment = assignment
        self.pool = pool
        self.say = say
        self.allow_lower = allow_lower
        self.whole = whole
        self.record = Record(course, assignment)
        self.writer = Writer(course, assignment, self.record)
        self.current = current_round(course, assignment)
        self.rounds: dict[int, Prepared] = {}
        self.standing: list[str] = []
        self.reports: dict[str, Report] = {}
        self.refused: list[str] = []
        self.all_stand = True
        self.pending: dict[str, _Pending] = {}
        self.trying: set[tuple[int, str]] = set()
        self.to_try: list[tuple[int, str]] = []
        self.shares_ordered = 0
        self.orders: deque[Order[_Of | _Share]] = deque()

    def of(self, number: int) -> Prepared:
        """A round of the assignment, made ready once."""
        if number not in self.rounds:
            self.rounds[number] = Prepared(self.course, self.assignment, number)
        return self.rounds[number]

    # Which results stand

    def sort_out(self, students: Sequence[str], *, force: bool, new_versions: bool) -> bool:
        """Finds what is to be done; whether there is anything that needs a worker."""
        kept_versions: list[str] = []
        other_versions = 0
        for student in students:
            if not is_text(student):
                self.refused.append(student)
                continue
            taken = handed_in(self.course, self.assignment, student)
            number = self.record.round_of(student, taken.content) or self.current
            history = self.record.history(student)
            entry = self._as_now(history, taken, number)
            pending = _Pending(handed_in=_without_bytes(taken), number=number)
            if force or entry is None:
                self.pending[student] = pending
                continue
            if not self._is_by_these_versions(entry, number):
                other_versions += 1
                if new_versions or not history.is_released:
                    self.pending[student] = pending
                    continue
                kept_versions.append(student)
            if not self._is_in_place(student):
                self.pending[student] = pending
            elif entry is history.newest and (
                entry.shown != self.of(number).shown or entry.hints_missing
            ):
                pending.unchanged = True
                pending.marked = self.record.result(student)
                self.pending[student] = pending
            else:
                self.writer.renew_hand_in(taken)
                if entry is history.newest and not self._is_held_now(history, taken, number):
                    self.record.note_held(student, None)
                self.standing.append(student)
        self._say_versions(other_versions, kept_versions)
        return bool(self.pending)

    def _as_now(self, history: History, taken: HandedIn, number: int) -> Entry | None:
        """The grading of what lies there by what there is now: the newest, else the one that was
        held back, in whose place the released result stands; None where there is none.

        One by other versions is taken only where there is none by these.
        """
        both = [history.newest, history.held.entry if history.held is not None else None]
        found = [one for one in both if one is not None and self._is_of(one, taken, number)]
        by_these = [one for one in found if self._is_by_these_versions(one, number)]
        return next(iter([*by_these, *found]), None)

    def _is_held_now(self, history: History, taken: HandedIn, number: int) -> bool:
        """Whether grading by what there is now was held back, or is not known to be better."""
        newest, held = history.newest, history.held
        if newest is None or held is None:
            return False
        if not self._is_by_these_versions(newest, number):
            return True
        is_now = self._is_of(held.entry, taken, number)
        return is_now and self._is_by_these_versions(held.entry, number)

    def _is_by_these_versions(self, entry: Entry, number: int) -> bool:
        return dict(entry.versions) == dict(self.of(number).versions)

    def _is_of(self, entry: Entry, taken: HandedIn, number: int) -> bool:
        return (
            entry.content == taken.content
            and entry.number == number
            and entry.packed == self.of(number).packed.key
            and not self.record.history(taken.student).problem
        )

    def _is_in_place(self, student: str) -> bool:
        """Whether the graded folder is there; put back from the record's copy where it is not."""
        folder = self.course.folder("autograded", student, self.assignment)
        try:
            self.reports[student] = read(folder / CHECKS_FILE)
            there = (folder / f"{self.assignment}.ipynb").is_file()
        except (OSError, ValueError):
            there = False
        return there or self.writer.put_back(student)

    def _say_versions(self, others: int, kept: Sequence[str]) -> None:
        if others:
            left = f", {len(kept)} of them released and left as they are" if kept else ""
            self.say(
                f"Python, a package or the kit has changed since {others} results{left}."
                + (" Add --new-versions to grade these anew too." if kept else "")
            )

    def stands(self, student: str) -> Graded:
        """The result of a submission that is not touched."""
        report = self.reports.pop(student, None)
        if report is None:  # It was put back a moment ago.
            folder = self.course.folder("autograded", student, self.assignment)
            report = read(folder / CHECKS_FILE)
        return Graded(student=student, report=report, held=self.record.history(student).held)

    # What workers are asked

    def make_ready(self) -> None:
        """Raises ChecksBroken unless each exercise has a check and each check passes the reference.

        It runs once for each change of checks, reference, settings or versions.
        """
        for number in sorted({one.number for one in self.pending.values()}):
            try_checks(self.pool, self.of(number), self.say)

    def results(self) -> Iterator[Told]:
        """What comes of what was left: each result as soon as it is written, and once more where
        hints have come to it since.
        """
        for student in self.refused:
            self.all_stand = False
            yield Told(graded=Graded(student=student, problem=no_text()))
        for student, pending in list(self.pending.items()):
            if pending.unchanged and pending.marked is not None:
                pending.lacks = set(self._wrong(pending))
            if pending.lacks:
                self._ask_for_hints(student)
            elif pending.unchanged and pending.marked is not None:
                self._order(DiagnoseAgain, student)
            else:
                pending.unchanged = False
                self._order(Mark, student)
        for done in self.pool.done(self.orders):
            yield from self._take(done)

    def _wrong(self, pending: _Pending) -> list[str]:
        """The exercises of an earlier result whose mistakes are to be tried before it has hints."""
        assert pending.marked is not None
        known = self.of(pending.number).known
        lost = [
            one.exercise for one in pending.marked.report.exercises if one.points < one.max_points
        ]
        return [name for name in lost if name in known.untried]

    def _order(self, kind: type[Mark] | type[DiagnoseAgain], student: str) -> None:
        pending = self.pending[student]
        prepared = self.of(pending.number)

        def task() -> Any:
            if kind is Mark:
                pending.handed_in = handed_in(self.course, self.assignment, student)
                made = prepared.task(
                    Mark(handed_in=pending.handed_in)
                    if self.whole
                    else mark_anew(prepared, self.record, pending.handed_in)
                )
                pending.handed_in = _without_bytes(pending.handed_in)
                return made
            assert pending.marked is not None, "it was marked before"
            return prepared.task(DiagnoseAgain(marked=pending.marked.to_plain()))

        who = _Of(kind=kind, number=pending.number, name=student)
        self.orders.append(Order(who=who, task=task, bring=prepared.bring))

    def _ask_for_hints(self, student: str) -> None:
        pending = self.pending[student]
        wanted = {(pending.number, exercise) for exercise in pending.lacks} - self.trying
        if wanted and not self.trying:
            self.say("Trying known mistakes, for hints to the answers that are wrong …")
        self.trying |= wanted
        self.to_try += sorted(wanted)
        self._order_shares()

    def _order_shares(self) -> None:
        """Has as many workers as there are try mistakes, several exercises each: a kernel with the
        reference's notebook costs as much as five mistakes.

        Behind all that is still to be graded: a hint holds up no grade.
        """
        while self.shares_ordered < min(self.pool.workers, len(self.to_try)):
            self.shares_ordered += 1
            self._order_share(_Share())

    def _order_share(self, share: _Share) -> None:
        def task() -> Any:
            if share.exercises is None:
                self._fill(share)
            assert share.exercises is not None, "it was filled"
            library = self.of(share.number).library
            answers = [one for name in share.exercises for one in library.untried(name)]
            return self.of(share.number).task(TryMistakes(answers=tuple(answers)))

        def bring(made: Any, missing: list[str]) -> Any:
            return self.of(share.number).bring(made, missing)

        self.orders.append(Order(who=share, task=task, bring=bring))

    def _fill(self, share: _Share) -> None:
        """Gives a share its part of what is to be tried, of one round."""
        count = -(-len(self.to_try) // self.shares_ordered)
        self.shares_ordered -= 1
        share.number = self.to_try[0][0] if self.to_try else self.current
        mine = [one for one in self.to_try if one[0] == share.number][:count]
        self.to_try = [one for one in self.to_try if one not in mine]
        share.exercises = tuple(exercise for _number, exercise in mine)
        self._order_shares()

    # What is written

    def _take(self, done: list[Done[_Of | _Share]]) -> Iterator[Told]:
        results: list[Result] = []
        failed: list[tuple[str, KitError]] = []
        for order, outcome in done:
            of = order.who
            if isinstance(of, _Share):
                self._take_mistakes(of, outcome)
                continue
            try:
                results.append(self._result(of, Marked.from_plain(result_of(outcome))))
            except KitError as problem:
                failed.append((of.name, problem))
        problems = self._write(results)
        for student, why in [*failed, *problems.items()]:
            again = self.pending[student].told
            yield Told(graded=self._not_graded(student, why), again=again)
        for result in results:
            student = result.handed_in.student
            if student not in problems:
                yield self._written(result)

    def _write(self, results: list[Result]) -> dict[str, KitError]:
        """Those that could not be written, with the reason."""
        try:
            return self.writer.write(results) if results else {}
        except KitError as problem:
            # The gradebook takes nothing at the moment: on a full disk, say.
            return {one.handed_in.student: problem for one in results}

    def _result(self, of: _Of, marked: Marked) -> Result:
        taken = self.pending[of.name].handed_in
        entry = self.of(of.number).entry(marked, taken, BY)
        result = Result(handed_in=taken, marked=marked, entry=entry)
        if self.allow_lower:
            return result
        return kept_or_new(self.course, self.assignment, self.record, result)

    def _written(self, result: Result) -> Told:
        """A result that is written is told, also where its hints are to come."""
        student, marked = result.handed_in.student, result.marked
        pending = self.pending[student]
        again, pending.told = pending.told, True
        if result.held is not None:
            # The released result keeps the hints that it has.
            del self.pending[student]
            graded = Graded(student=student, report=marked.report, held=result.held)
            return Told(graded=graded, again=again)
        pending.marked = marked
        known = self.of(pending.number).known
        pending.lacks = {name for name in marked.hints_missing if name in known.untried}
        if pending.lacks:
            self._ask_for_hints(student)
        elif marked.hints_missing:
            # They have become known while this one was under way.
            self._order(DiagnoseAgain, student)
        else:
            del self.pending[student]
        graded = Graded(student=student, report=marked.report)
        return Told(graded=graded, unchanged=pending.unchanged, again=again)

    def _take_mistakes(self, share: _Share, outcome: dict[str, Any]) -> None:
        prepared, exercises = self.of(share.number), share.exercises or ()
        try:
            found = result_of(outcome)
        except KitError as problem:
            if len(exercises) > 1:
                # One of them may be to blame: the others' hints do not go with its own.
                for exercise in exercises:
                    self._order_share(_Share(number=share.number, exercises=(exercise,)))
                return
            for exercise in exercises:
                prepared.library.give_up(exercise, " ".join(str(problem).split()))
        else:
            for exercise in exercises:
                prepared.library.take(exercise, found)
        prepared.look_up()
        for student, pending in self.pending.items():
            if pending.number == share.number and pending.lacks.intersection(exercises):
                pending.lacks.difference_update(exercises)
                if not pending.lacks:
                    self._order(DiagnoseAgain, student)

    def _not_graded(self, student: str, problem: KitError) -> Graded:
        """A submission that could not be graded, with what it has kept of earlier runs."""
        del self.pending[student]
        self.all_stand = False
        try:
            self.writer.not_graded(student, problem)
        except (KitError, OSError) as trouble:
            problem = KitError(problem.fact, f"{problem.mend} {trouble}", problem.command)
        earlier = earlier_result(self.course, self.assignment, student)
        return Graded(student=student, problem=problem, earlier=earlier)


def try_checks(pool: Pool, prepared: Prepared, say: Callable[[str], None]) -> None:
    """Has the checks tried on the reference solution where they were not; raises ChecksBroken."""
    if prepared.is_ready():
        return
    say("Trying the hidden checks on the reference solution, once for each change of them …")
    order = Order(who="", task=partial(prepared.task, TryReference()), bring=prepared.bring)
    for done in pool.done(deque([order])):
        for _order, outcome in done:
            prepared.keep_trail(trail_of(prepared.assignment, outcome))


def mark_anew(prepared: Prepared, record: Record, taken: HandedIn) -> Mark:
    """The order to mark a submission: of one that was marked before only the exercises whose checks
    have changed since, where nothing else has.
    """
    newest = record.history(taken.student).newest
    if newest is None or newest.content != taken.content or not newest.beside_checks:
        return Mark(handed_in=taken)
    before = record.result(taken.student)
    again = prepared.changed_since(newest, before.report) if before is not None else None
    if before is None or again is None:
        return Mark(handed_in=taken)
    return Mark(handed_in=taken, again=again, before=to_json(before.report))


def no_text() -> NotGraded:
    """Why a student whose folder's name is no text has no grade."""
    why = "the name of the student's folder is no UTF-8 text, which the gradebook needs."
    return NotGraded(why, "Rename the folder.")


def _without_bytes(taken: HandedIn) -> HandedIn:
    """The same without its files: those of a whole class need not be held."""
    return HandedIn(student=taken.student, exchange=taken.exchange, content=taken.content)
