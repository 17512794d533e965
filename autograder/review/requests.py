"""Questions about grades: noted with what was so at that moment, listed, answered."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import nbformat

from autograder.course.course import Course
from autograder.course.lock import writing
from autograder.errors import KitError, SettingsProblem, UnknownName
from autograder.expect.printable import printable
from autograder.feedback.block import points
from autograder.feedback.page import Item, Page
from autograder.feedback.page_html import first_words_of
from autograder.feedback.sentences import moment
from autograder.nbgrader_bridge.page_facts import page_facts
from autograder.nbgrader_bridge.record import History, Record
from autograder.nbgrader_bridge.requests import Request, Requests
from autograder.settings.moments import moment_of

LONGEST: Final = 4_000
_IN_A_LINE: Final = 200


class NotNoted(KitError):
    """A question or an answer that cannot be noted as it is."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenRequest:
    """A question that nobody has answered yet, and whose it is."""

    student: str
    request: Request


def open_requests(course: Course, assignment: str) -> tuple[OpenRequest, ...]:
    """The open questions about an assignment's grades, the oldest first. Raises UnknownName."""
    found = Requests(course, course.require_assignment(assignment)).of_all()
    waiting = [OpenRequest(student=name, request=one) for name, one in found if one.is_open]
    return tuple(sorted(waiting, key=lambda one: (one.request.asked, one.student)))


def requests_of(course: Course, assignment: str, student: str) -> tuple[Request, ...]:
    """All questions of a student, in their order. Raises UnknownName for one without a result."""
    _history(course, assignment, student)
    return Requests(course, assignment).of(student)


def ask(
    course: Course,
    assignment: str,
    student: str,
    exercise: str,
    text: str,
    *,
    after_closing: bool = False,
    wait: bool = False,
) -> Request:
    """Notes a student's question about the grade of an exercise, with what is so now.

    Raises UnknownName, and NotNoted for a text that is empty or too long, an exercise with an open
    question, or where questions have closed, unless they are taken `after_closing`.
    """
    said = _taken(text, "question")
    history = _history(course, assignment, student)
    closed = closing(course, assignment, history)
    if closed is not None and datetime.now(UTC) > closed and not after_closing:
        raise NotNoted(
            f"Questions about grades of {assignment} have closed on {moment(closed)}.",
            "An instructor notes one all the same with --after-closing.",
        )
    with writing(course, f"noting a question about {assignment}", wait=wait):
        kept = Requests(course, assignment)
        item, page = _item(course, assignment, student, exercise)
        if _open(kept, student, exercise) is not None:
            fact = f"The last question of {printable(student, 40)} about {exercise} is still open."
            raise NotNoted(fact, "Answer it first.")
        newest = history.newest
        request = Request(
            exercise=exercise,
            text=said,
            asked=_now(),
            points=item.points,
            max_points=item.max_points,
            says=first_words_of(item, page),
            file=newest.file if newest is not None else "",
            code=newest.code if newest is not None else "",
            graded=newest.graded if newest is not None else "",
        )
        kept.add(student, request)
    return request


def answer(
    course: Course, assignment: str, student: str, exercise: str, text: str, *, wait: bool = False
) -> Request:
    """Ends the open question of a student about an exercise. Raises UnknownName, and NotNoted for a
    text that is empty or too long.
    """
    said = _taken(text, "answer")
    _history(course, assignment, student)
    with writing(course, f"answering a question about {assignment}", wait=wait):
        kept = Requests(course, assignment)
        request = _open(kept, student, exercise)
        if request is None:
            asked = [one.exercise for one in kept.of(student) if one.is_open]
            raise UnknownName("open question", exercise, asked, f"those of {printable(student)}")
        ended = dataclasses.replace(request, answer=said, answered=_now())
        kept.end(student, request, ended)
    return ended


def closing(course: Course, assignment: str, history: History) -> datetime | None:
    """Until when questions about a grade are taken, None where there is no end. Raises
    SettingsProblem where the settings name an assignment that is not there.
    """
    settings = course.settings.requests
    for name in settings.close:
        if name not in course.assignments():
            fact = f"Requests.close names {name}, and there is no such assignment."
            mend = f"There is: {', '.join(course.assignments())}."
            raise SettingsProblem("course_config.py", fact, mend)
    if assignment in settings.close:
        return moment_of(settings.close[assignment])
    days = settings.days_after_release
    if days is None or not history.is_released:
        return None
    return datetime.fromisoformat(history.given or history.released) + timedelta(days=days)


def _history(course: Course, assignment: str, student: str) -> History:
    record = Record(course, course.require_assignment(assignment))
    history = record.history(student)
    if history.newest is None:
        raise UnknownName("result", student, record.students(), f"the record of {assignment}")
    return history


def _open(kept: Requests, student: str, exercise: str) -> Request | None:
    found = (one for one in kept.of(student) if one.is_open and one.exercise == exercise)
    return next(found, None)


def _item(course: Course, assignment: str, student: str, exercise: str) -> tuple[Item, Page]:
    """What stands on the student's page of an exercise or a written answer."""
    path = course.folder("autograded", student, assignment) / f"{assignment}.ipynb"
    try:
        cells = nbformat.read(path, as_version=4).cells
    except (OSError, ValueError) as problem:
        fact = f"{printable(student, 40)} has no graded notebook of {assignment}."
        raise NotNoted(fact, f"Run: autograder grade {assignment}") from problem
    page = page_facts(course, assignment, student, cells)
    for item in page.items:
        if item.name == exercise:
            return item, page
    raise UnknownName("exercise", exercise, [item.name for item in page.items], assignment)


def _taken(text: str, what: str) -> str:
    """A text as it is kept: its lines, without control characters. Raises NotNoted."""
    lines = text.replace("\t", "    ").splitlines()
    kept = "\n".join("".join(c if _shows(c) else "�" for c in line.rstrip()) for line in lines)
    kept = kept.strip()
    if not kept:
        raise NotNoted(f"The {what} is empty.")
    if len(kept) > LONGEST:
        fact = f"The {what} has {len(kept):,} characters, and {LONGEST:,} are taken."
        raise NotNoted(fact, "Shorten it.")
    return kept


def _shows(character: str) -> bool:
    # Emojis are joined by format characters: a terminal is shown none of these, a page may be.
    return unicodedata.category(character) not in ("Cc", "Cs")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def open_lines(assignment: str, found: Sequence[OpenRequest]) -> Iterator[str]:
    """A line for each open question, the oldest first."""
    if not found:
        yield f"{assignment}: no question is open"
    for one in found:
        request = one.request
        text = printable(" ".join(request.text.split()), _IN_A_LINE)
        yield (
            f"{request.asked}  {printable(one.student, 40)}, {request.exercise} "
            f"({_score(request)}): {text}"
        )


def request_lines(request: Request) -> Iterator[str]:
    """A question in full: what was so, what was asked, what was answered."""
    code = f", code {request.code}" if request.code else ""
    file = f", {printable(request.file, 120)}{code}" if request.file else ""
    yield f"{request.asked}  question about {request.exercise} ({_score(request)}{file})"
    if request.says:
        yield f"    the page said: {printable(request.says, 400)}"
    yield from (f"    {printable(line, LONGEST)}" for line in request.text.splitlines())
    if request.is_open:
        yield "    not answered yet"
        return
    yield f"{request.answered}  answered"
    yield from (f"    {printable(line, LONGEST)}" for line in request.answer.splitlines())


def _score(request: Request) -> str:
    of = points(request.max_points)
    return f"not read, {of} points" if request.points is None else f"{points(request.points)}/{of}"
