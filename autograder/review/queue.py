"""The queue: what needs a person, in order, who takes it, where it is to be seen, what is done."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from autograder.course.course import Course
from autograder.course.lock import writing
from autograder.errors import KitError, UnknownName
from autograder.files import write_whole
from autograder.nbgrader_bridge.waiting import Place, places
from autograder.review.alike_kept import FOLDER, LastComparison, last_comparison
from autograder.review.reasons import Need, Reason, needs_of

_ID_LENGTH: Final = 6
# These end by themselves, once somebody has done what they ask for.
_ENDS_ITSELF: Final = frozenset(
    {Reason.WRITTEN, Reason.NOT_GRADED, Reason.CHECK, Reason.FILE, Reason.OVERRIDE, Reason.REQUEST}
)
ACTS: Final[Mapping[Reason, str]] = {
    Reason.WRITTEN: "Mark all answers by `autograder mark {assignment} {exercise}`, or this one in "
    "Formgrader.",
    Reason.NOT_GRADED: "Mend what it names, then run `autograder grade {assignment}`.",
    Reason.CHECK: "Mend the check, then `autograder regrade {assignment}`; or give points by hand.",
    Reason.FILE: "Put the right file in place, then run `autograder grade {assignment}`.",
    Reason.STOPPED: "Read the answer: is it a loop of the student's, or a slow machine?",
    Reason.NEAR: "Read the answer: is it right but for rounding? Then give the points by hand.",
    Reason.VISIBLE: "Read the answer beside the exercise's text: did the text ask for this?",
    Reason.BLOCKED: "Read the cell: did somebody try a wall, or miss a file? It costs no points.",
    Reason.ALIKE: "Look at both: `autograder alike {assignment}`.",
    Reason.FELL: "See `autograder regrade {assignment} --dry-run`; `--allow-lower` lets it fall.",
    Reason.OVERRIDE: "Write the reason as a comment in Formgrader.",
    Reason.REQUEST: "See `autograder request {assignment}`, and answer with `--answer`.",
}
WHY: Final[Mapping[Reason, str]] = {
    Reason.WRITTEN: "No check can grade it: its points are missing until somebody does.",
    Reason.NOT_GRADED: "There is no result, or only an earlier one.",
    Reason.CHECK: "The fault is ours: the student waits for points.",
    Reason.FILE: "Nothing of it is graded yet.",
    Reason.STOPPED: "A limit took the points, not a check.",
    Reason.NEAR: "Rounding alone may have taken the points.",
    Reason.VISIBLE: "The student had reason to think it right.",
    Reason.BLOCKED: "The sandbox kept its code from something.",
    Reason.ALIKE: "Two hand-ins share more than chance explains.",
    Reason.FELL: "A student will ask why. A released grade stands until somebody decides.",
    Reason.OVERRIDE: "The student will ask why, and the page cannot say.",
    Reason.REQUEST: "A student waits for an answer.",
}


class NotDealt(KitError):
    """A queue that cannot be dealt out as it was asked."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A need in the queue. `id` names it, `shown` is whose it is as Formgrader shows it,
    `formgrader` the address of that page and `page` the student's, "" where there is none. `act`
    says what to do, `grader` who takes it, "" where nobody is named in the settings.
    """

    id: str
    need: Need
    shown: str
    act: str
    formgrader: str = ""
    page: str = ""
    grader: str = ""

    @property
    def ends_itself(self) -> bool:
        """Whether it leaves the queue once what it asks for is done."""
        return self.need.reason in _ENDS_ITSELF


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """An assignment's queue. `done` counts what people have ended and would stand in it else;
    `compared` says whether hand-ins were compared with one another since the last was graded.
    """

    assignment: str
    items: tuple[Item, ...]
    done: int = 0
    compared: bool = True


def queue_of(course: Course, assignment: str, *, grader: str = "", names: bool = False) -> Queue:
    """What needs a person now, in order; of one grader what is dealt to them. With `names` it is
    shown whose each is; else as Formgrader does, by number.

    Raises UnknownName, NotDealt and GradebookUnusable.
    """
    graders = course.settings.review.graders
    if grader and not graders:
        mend = "Write into course_config.py: c.Review.graders = ['ann', 'ben']"
        raise NotDealt("Nobody is named who the queue could be dealt to.", mend)
    if grader and grader not in graders:
        raise UnknownName("grader", grader, graders, "c.Review.graders")
    comparison = last_comparison(course, course.require_assignment(assignment))
    found = _items(course, assignment, comparison, names=names)
    ended = _ended(course, assignment)
    left = [item for item in found if item.id not in ended]
    mine = [item for item in left if not grader or item.grader == grader]
    return Queue(
        assignment=assignment,
        items=tuple(mine),
        done=len(found) - len(left),
        compared=comparison.is_current,
    )


def _items(
    course: Course, assignment: str, comparison: LastComparison, *, names: bool
) -> list[Item]:
    where = places(course.db_url, assignment)
    graders, host = course.settings.review.graders, course.settings.review.formgrader_url
    by_list = course.settings.review.shares.items()
    shares = {student: grader for grader, students in by_list for student in students}
    found = []
    for need in needs_of(course, assignment, comparison):
        place = where.get(need.student)
        found.append(
            Item(
                id=_id_of(need),
                need=need,
                shown=_shown(need.student, place, names=names),
                # Nobody is named: where Formgrader is anonymous, the queue is.
                act=ACTS[need.reason].format(assignment=assignment, exercise=need.exercise),
                formgrader=place.address(host) if place is not None else "",
                page=_page(course, assignment, need.student),
                grader=shares.get(need.student) or dealt_to(need.student, assignment, graders),
            )
        )
    return found


def dealt_to(student: str, assignment: str, graders: Sequence[str]) -> str:
    """Who takes a student's submission: the same for all of it, whatever else is in the queue, and
    for nearly all when a grader comes or goes (rendezvous hashing); "" without graders.
    """

    def weight(grader: str) -> bytes:
        return hashlib.sha256("\0".join((grader, assignment, student)).encode()).digest()

    return max(graders, key=weight, default="")


def _id_of(need: Need) -> str:
    what = "\0".join((need.reason.name, need.student, need.exercise, need.of))
    data = what.encode("utf-8", "surrogateescape")
    return hashlib.sha256(data).hexdigest()[:_ID_LENGTH]


def _shown(student: str, place: Place | None, *, names: bool) -> str:
    # Who is in no gradebook has no number, and Formgrader names them too.
    return student if names or place is None else place.shown


def _page(course: Course, assignment: str, student: str) -> str:
    path: Path = course.folder("feedback", student, assignment) / f"{assignment}.html"
    return str(path) if path.exists() else ""


def end_items(
    course: Course, assignment: str, ids: Sequence[str], *, note: str = "", by: str = ""
) -> list[Item]:
    """Takes items out of the queue: somebody has looked. They come back when what they are about
    changes. Raises UnknownName, and NotDealt for one that leaves only when it is done.
    """
    with writing(course, f"ending items of the queue of {assignment}"):
        waiting = {item.id: item for item in queue_of(course, assignment).items}
        for one in ids:
            if one not in waiting:
                raise UnknownName("item", one, waiting, f"the queue of {assignment}")
            if waiting[one].ends_itself:
                raise NotDealt(f"{one} leaves the queue when it is done.", waiting[one].act)
        ended = _ended(course, assignment)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for one in ids:
            ended[one] = {"when": now, "by": by or getpass.getuser(), "note": note}
        text = json.dumps(ended, indent=1)
        write_whole(_path(course, assignment), text, course.secret_mode)
    return [waiting[one] for one in ids]


def _ended(course: Course, assignment: str) -> dict[str, Any]:
    """What people have ended, by id; a file that cannot be read is as if nothing had been."""
    try:
        found = json.loads(_path(course, assignment).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _path(course: Course, assignment: str) -> Path:
    return course.private / FOLDER / f"{assignment}.json"
