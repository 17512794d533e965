"""Feedback given to students: which pages go out, which are held back and why, and by which way."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from traitlets.config import Config

from autograder.course.course import Course
from autograder.course.lock import writing
from autograder.errors import KitError
from autograder.expect.printable import listed
from autograder.files import swap
from autograder.handout.places import require_exchange
from autograder.nbgrader_bridge.exchange import ReleaseFeedback, comes_by_exchange
from autograder.nbgrader_bridge.logs import logged_to
from autograder.nbgrader_bridge.released import release
from autograder.review.status import Page, Stand, State, status


class NotReleased(KitError):
    """Feedback that cannot go out as it is."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a release would give out: `ready` are the students who get their page, `again` those of
    them who had one before. `held` wait for a person, `older` have no page that is of their grade,
    `not_graded` have no grade.
    """

    assignment: str
    ready: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    not_graded: tuple[str, ...] = ()


def planned(
    course: Course, assignment: str, students: Sequence[str] = (), *, hold_unread: bool = False
) -> Plan:
    """What releasing would give out now, of all who have handed in or of some; nothing changes."""
    stands = [
        stand
        for stand in status(course, assignment).stands
        if stand.state is not State.MISSING and (not students or stand.student in students)
    ]
    graded = [stand for stand in stands if stand.state in (State.GRADED, State.WAITS)]
    held = [stand for stand in graded if hold_unread and stand.state is State.WAITS]
    out = [stand for stand in graded if stand not in held]
    return Plan(
        assignment=assignment,
        ready=_names([stand for stand in out if stand.page is Page.CURRENT]),
        again=_names([s for s in out if s.page is Page.CURRENT and s.released]),
        held=_names(held),
        older=_names([stand for stand in out if stand.page is not Page.CURRENT]),
        not_graded=_names([stand for stand in stands if stand not in graded]),
    )


def _names(stands: Sequence[Stand]) -> tuple[str, ...]:
    return tuple(stand.student for stand in stands)


def in_words(plan: Plan) -> Iterator[str]:
    """A plan as lines: who gets a page, and who does not and why."""
    parts = (
        ("Get their page", plan.ready),
        ("Of these had one before", plan.again),
        ("Held back, as somebody has to read an answer", plan.held),
        ("Without a page of their grade", plan.older),
        ("Not graded", plan.not_graded),
    )
    for title, students in parts:
        if students:
            yield f"{title} ({len(students)}): {listed(students)}"


def require_releasable(course: Course, plan: Plan, to: Path | None) -> None:
    """Raises NotReleased where a page is older than its grade, where there is nothing to give out,
    or the way out is not there.
    """
    if plan.older:
        raise NotReleased(
            f"{len(plan.older)} pages of {plan.assignment} are older than the grade, or are not "
            f"there: {listed(plan.older)}. Nothing was released.",
            "Make them first:",
            f"autograder feedback {plan.assignment}",
        )
    if not plan.ready:
        raise NotReleased(f"There is no page of {plan.assignment} to release.")
    if to is None:
        require_exchange(
            Config(course.settings.config),
            "Give the pages out by a folder for each student:",
            f"autograder release-feedback {plan.assignment} --to FOLDER",
        )


def release_to_folder(course: Course, plan: Plan, to: Path) -> str:
    """Puts each student's page into a folder of the student's own below `to`; what to tell of it.

    A page of an earlier release is replaced, and nothing else there is touched.
    """
    to = to.absolute()
    with writing(course, f"releasing feedback on {plan.assignment}"):
        try:
            to.mkdir(parents=True, exist_ok=True)
            for student in plan.ready:
                made = course.folder("feedback", student, plan.assignment)
                target = to / student / plan.assignment
                target.parent.mkdir(exist_ok=True)
                with tempfile.TemporaryDirectory(dir=to, prefix=".pages-") as scratch:
                    swap(Path(shutil.copytree(made, Path(scratch) / plan.assignment)), target)
        except OSError as problem:
            fact = f"{to} cannot be written ({problem.strerror or problem})."
            raise NotReleased(fact, "What is there already stays.") from problem
        return release(course, plan.assignment, plan.ready)


def release_to_exchange(course: Course, plan: Plan) -> tuple[tuple[str, ...], str]:
    """Releases through nbgrader's exchange, by its own step, those that came by it; the others, and
    what nbgrader and the kit say of it.
    """
    config = Config(course.settings.config)
    directory = CourseDirectory(config=config)
    directory.root = str(course.root)
    directory.assignment_id = plan.assignment
    factory = ExchangeFactory(config=config)
    step = factory.ReleaseFeedback(
        coursedir=directory, authenticator=Authenticator(config=config), parent=factory
    )
    if not isinstance(step, ReleaseFeedback):
        fact = "c.ExchangeFactory.release_feedback names a step of your own."
        raise NotReleased(fact, f"Run: nbgrader release_feedback {plan.assignment}")
    others = [s for s in plan.ready if not comes_by_exchange(course, plan.assignment, s)]
    step.only = frozenset(plan.ready) - frozenset(others)
    if not step.only:
        raise NotReleased(
            "None of these hand-ins came through nbgrader's exchange.",
            "Give the pages out by a folder for each student:",
            f"autograder release-feedback {plan.assignment} --to FOLDER",
        )
    log = io.StringIO()
    with logged_to(step.log, log):
        try:
            step.start()
        except (ExchangeError, OSError, RuntimeError) as problem:
            raise NotReleased(f"The exchange took no feedback: {problem}.") from problem
    return tuple(others), step.said
