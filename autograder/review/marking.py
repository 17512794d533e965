"""Marking by question: everybody's answer to one question in a sheet and on a page, and the marks
taken back from the sheet, all of them or none.
"""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from autograder.course.course import Course
from autograder.course.lock import writing
from autograder.course.rubrics import RubricLine
from autograder.errors import KitError, Refused, SettingsProblem, UnknownName
from autograder.expect.printable import printable
from autograder.feedback.block import points
from autograder.feedback.sentences import counted
from autograder.files import write_whole
from autograder.nbgrader_bridge.late_policy import renew_penalties
from autograder.nbgrader_bridge.question import Giving, give
from autograder.review.answers import Answer, Answers, Question, State, answers_of, sign_of
from autograder.review.marking_page import marking_page
from autograder.review.marks import Choice, Mark, made
from autograder.review.sheet import (
    Row,
    SheetUnusable,
    as_csv,
    is_settled,
    read_sheet,
    unsaved,
)

_FOLDER: Final = "marking"
Seen = Callable[[], None]


class NotTaken(KitError):
    """Marks of which some are wrong: none of them was written."""

    exit_code = 2

    def __init__(self, what: str, lines: Sequence[str], mend: str) -> None:
        rows = "1 row" if len(lines) == 1 else f"{len(lines)} rows"
        fact = f"{rows} of {what} cannot be taken, so nothing was written:"
        super().__init__("\n".join([fact, *(f"    {line}" for line in lines), mend]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A sheet and its page, where they lie."""

    answers: Answers
    sheet: Path
    page: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What taking a sheet, or the rubric anew, has changed. `said` are sentences on it."""

    marked: int = 0
    unmarked: int = 0
    unchanged: int = 0
    waiting: int = 0
    said: tuple[str, ...] = ()


def write_sheet(
    course: Course, question: Question, to: Path | None = None, seen: Seen = lambda: None
) -> Written:
    """Writes the sheet and the page of a question into a folder, `reports/marking/ASSIGNMENT`.

    Raises SheetUnusable where a sheet lies there whose marks nobody has taken yet.
    """
    found = answers_of(course, question, seen)
    folder = to if to is not None else course.reports / _FOLDER / question.assignment
    sheet, page = (folder / f"{question.name}.{kind}" for kind in ("csv", "html"))
    _require_taken(course, found, sheet)
    html = marking_page(found, datetime.now(UTC))
    try:
        # They hold students' answers with their points: for those who may read the gradebook.
        csv = as_csv(found.answers).encode("utf-8-sig", "replace")
        write_whole(sheet, csv, course.secret_mode)
        write_whole(page, html.encode("utf-8", "replace"), course.secret_mode)
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise SheetUnusable(f"{folder} cannot be written ({why}).") from problem
    return Written(answers=found, sheet=sheet, page=page)


def _require_taken(course: Course, found: Answers, sheet: Path) -> None:
    """Raises SheetUnusable where writing a sheet anew would lose marks."""
    if not os.path.exists(sheet):  # A folder that nobody may enter is told of by writing there.
        return
    question = found.question
    try:
        left = unsaved(sheet, found.answers, sign_of(course, question))
    except SheetUnusable as problem:
        fact = f"There is a file {sheet} that is not a sheet of marks. It was left as it is."
        raise SheetUnusable(fact, "Move it elsewhere.") from problem
    if left:
        rows = "1 row" if left == 1 else f"{left} rows"
        raise SheetUnusable(
            f"{sheet} holds {rows} that nobody has taken yet. It was left as it is.",
            "Take them first, or move the file elsewhere:",
            f"autograder mark {question.assignment} {question.name} "
            f"--from {shlex.quote(str(sheet))}",
        )


def take_sheet(course: Course, question: Question, path: Path, seen: Seen = lambda: None) -> Taken:
    """Takes the marks of a sheet: all rows that were changed, or, where one of them is wrong, none.

    Raises NotTaken, MissingFile, SheetUnusable and SomebodyWrites.
    """
    rows = read_sheet(path)
    with writing(course, f"marking {question.name} of {question.assignment}"):
        found = answers_of(course, question, seen)
        reader = _Reader(found, sign_of(course, question))
        changes = reader.changes(rows)
        if reader.wrong:
            raise NotTaken(
                str(path), reader.wrong, "Correct these rows or delete them, then take it again."
            )
        said = _give(course, found, changes)
    waiting = {answer.id for answer in found.answers if _waits(answer)}
    marked = [answer.id for answer, mark in changes if mark.points is not None]
    return Taken(
        marked=len(marked),
        unmarked=sum(mark.points is None for _, mark in changes),
        unchanged=len(rows) - len(changes),
        waiting=len(waiting - set(marked)),
        said=tuple(said),
    )


def _waits(answer: Answer) -> bool:
    return answer.state in (State.WAITS, State.CHANGED)


class _Reader:
    """Reads choices out of rows; `wrong` has a line for each that cannot be one."""

    def __init__(self, found: Answers, sign: Callable[[Choice], str]) -> None:
        self.question = found.question
        self.sign = sign
        self.by_id = {answer.id: answer for answer in found.answers}
        self.comments = found.marks.named_comments()
        self.wrong: list[str] = []

    def changes(self, rows: Sequence[Row]) -> list[tuple[Answer, Mark]]:
        """The answers whose marks are others now, with the new ones."""
        if rows and not any(row.id in self.by_id for row in rows):
            what = f"{self.question.name} of {self.question.assignment}"
            self.wrong.append(f"none of its ids is that of an answer to {what}")
            return []
        found = []
        seen: dict[str, int] = {}
        for row in rows:
            why = self._why_not(row, seen)
            seen.setdefault(row.id, row.line)
            if not why and not is_settled(row, self.by_id[row.id], self.sign):
                mark = self._mark(row)
                why = beyond(mark, self.question.max_points)
                found.append((self.by_id[row.id], mark))
            if why:
                who = f" ({printable(row.id, 20)})" if row.id else ""
                self.wrong.append(f"line {row.line}{who}: {why}")
        return found

    def _mark(self, row: Row) -> Mark:
        answer = self.by_id[row.id].given.answer
        return made(row.choice, self.question.rubric, self.comments, answer)

    def _why_not(self, row: Row, seen: Mapping[str, int]) -> str:
        """Why a row cannot be taken, "" where it can."""
        answer = self.by_id.get(row.id)
        if answer is None:
            return "no answer has this id"
        if row.id in seen:
            return f"its id stands in line {seen[row.id]} already"
        if is_settled(row, answer, self.sign):
            return ""
        of_answer, _, of_marks = row.version.partition("-")
        now_answer, _, now_marks = answer.version.partition("-")
        if not of_marks:
            return "its version is gone: leave that column as it was written"
        if of_answer != now_answer:
            return "the answer has changed since the sheet was written: read it again"
        if of_marks != now_marks:
            return "somebody has marked it since the sheet was written"
        return row.wrong or self._why_no_keys(row.choice.keys)

    def _why_no_keys(self, keys: Sequence[str]) -> str:
        known = [*self.question.rubric, *self.comments]
        for key in keys:
            if key not in known:
                kind = "line of the rubric or earlier comment"
                return str(UnknownName(kind, printable(key, 40), known)).rstrip(".")
        twice = [key for key, count in Counter(keys).items() if count > 1]
        return f"{twice[0]} is chosen twice" if twice else ""


def beyond(mark: Mark, max_points: float) -> str:
    """Why a mark is not within 0 and all points, "" where it is."""
    if mark.points is None or 0 <= mark.points <= max_points:
        return ""
    what = f"its points are {points(mark.points)}"
    if mark.choice.points is None:
        keys = " ".join(line.key for line in mark.lines)
        what = f"{keys} makes {counted(mark.points, 'point')}"
    return f"{what}, and 0 to {points(max_points)} are possible"


@dataclass(frozen=True, kw_only=True, slots=True)
class Renewals:
    """What a changed rubric makes of the answers that have its lines: `marks` are to be given,
    `held` are the ids of answers that somebody has changed in Formgrader. `said` tells what of the
    rubric has changed.
    """

    marks: tuple[tuple[Answer, Mark], ...] = ()
    held: tuple[Answer, ...] = ()
    said: tuple[str, ...] = ()


def renewals(found: Answers) -> Renewals:
    """What the rubric, as it is now, would change."""
    rubric, comments = found.question.rubric, found.marks.named_comments()
    marks, held = [], []
    changed: dict[str, str] = {}
    gone: Counter[str] = Counter()
    for answer in found.answers:
        mark = answer.mark
        of = mark or answer.last
        if of is None:
            continue
        gone.update(line.key for line in of.lines if line.key not in rubric)
        others = [line for line in of.lines if rubric.get(line.key, line) != line]
        if others and mark is None:
            held.append(answer)
        elif others and mark is not None:
            changed |= {line.key: _change(line, rubric[line.key]) for line in others}
            kept = {line.key: line for line in mark.lines}
            marks.append((answer, made(mark.choice, kept | dict(rubric), comments, mark.answer)))
    left = (
        f"{key} is not in the rubric any more: {_keep(count)} it." for key, count in gone.items()
    )
    return Renewals(marks=tuple(marks), held=tuple(held), said=(*changed.values(), *left))


def _keep(count: int) -> str:
    return "1 answer keeps" if count == 1 else f"{count} answers keep"


def _change(before: RubricLine, now: RubricLine) -> str:
    parts = []
    if before.points != now.points:
        parts.append(f"{counted(before.points, 'point')} before, now {points(now.points)}")
    if before.says != now.says:
        parts.append("another sentence")
    return f"{now.key}: {', '.join(parts)}."


def renew(course: Course, question: Question, seen: Seen = lambda: None) -> Taken:
    """Gives everybody who has a line of the rubric what the line says by now.

    Raises NotTaken, where that would be beyond what is possible, and SomebodyWrites.
    """
    with writing(course, f"marking {question.name} of {question.assignment}"):
        found = answers_of(course, question, seen)
        new = renewals(found)
        wrong = [(answer, beyond(mark, question.max_points)) for answer, mark in new.marks]
        lines = [f"{answer.id}: {why}" for answer, why in wrong if why]
        if lines:
            mend = "Correct the rubric, or choose other lines for these first."
            raise NotTaken("the answers", lines, mend)
        said = [*new.said, *_held(new)]
        # One whose answer has changed since still waits for somebody.
        said += _give(course, found, new.marks, settles=False)
    return Taken(
        marked=len(new.marks),
        unchanged=len(found.answers) - len(new.marks),
        waiting=sum(_waits(answer) for answer in found.answers),
        said=tuple(said),
    )


def _held(new: Renewals) -> Iterator[str]:
    for answer in new.held:
        given = answer.given.points
        stays = "without points" if given is None else f"at {counted(given, 'point')}"
        yield f"{answer.id} stays {stays}: somebody has changed it in Formgrader since."


def _give(
    course: Course,
    found: Answers,
    changes: Sequence[tuple[Answer, Mark]],
    *,
    settles: bool = True,
) -> list[str]:
    """Writes marks: what was chosen first, then the gradebook, in one transaction; what to tell."""
    if not changes:
        return []
    question, marks = found.question, found.marks
    for answer, mark in changes:
        marks.put(answer.student, mark, answer.given)
    try:
        marks.write()
    except OSError as problem:
        fact = f"{marks.path} cannot be written ({problem.strerror or problem})."
        raise Refused(fact, "Nothing was changed.") from problem
    givings = {
        answer.student: Giving(points=mark.points, comment=mark.comment, settles=settles)
        for answer, mark in changes
    }
    give(course.db_url, question.assignment, question.name, givings)
    return list(_followed(course, question.assignment, givings))


def _followed(course: Course, assignment: str, students: Iterable[str]) -> Iterator[str]:
    """What follows from other points: late penalties, and pages that are older now."""
    try:
        renew_penalties(course, assignment)
    except SettingsProblem as problem:
        yield f"Late penalties stay as they were. {problem}"
    if any(course.folder("feedback", student, assignment).exists() for student in students):
        yield (
            "Feedback pages that were made before are older than these marks: "
            f"autograder feedback {assignment}"
        )
