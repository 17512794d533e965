"""The facts of a feedback page, from the gradebook, the record, `checks.json` and the notebook."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from nbformat import NotebookNode

from autograder.course.course import CHECKS_FILE, Course
from autograder.feedback.block import Audience
from autograder.feedback.page import Item, Page, Picture, Question, Since, changes
from autograder.hand_in.cells import (
    exercise_checked_by,
    grade_id,
    is_answer,
    is_checks,
    of_nbgrader,
)
from autograder.nbgrader_bridge.cleaning import cut, is_base64
from autograder.nbgrader_bridge.page_entries import Graded, OnPage, on_page
from autograder.nbgrader_bridge.record import Record, day, graded_file, standing
from autograder.nbgrader_bridge.reference import open_rounds, reference_answers
from autograder.nbgrader_bridge.requests import Requests
from autograder.results import ExerciseResult, Reader, Report, read

# They stand in the notebook too, and a page has to stay small.
_MOST_PICTURES: Final = 2
_ROOM_FOR_PICTURES: Final = 400_000
# The whole answer stands in the notebook below.
_ANSWER_CHARS: Final = 4_000
_NO_RESPONSE: Final = "No response."


def page_facts(
    course: Course,
    assignment: str,
    student: str,
    cells: Sequence[NotebookNode],
    now: datetime | None = None,
) -> Page:
    """All that stands at the top of a submission's page. `cells` are the graded notebook's."""
    now = now or datetime.now(UTC)
    record = Record(course, assignment)
    history = record.history(student)
    entries = on_page(course.db_url, assignment, student)
    report = _report(course, assignment, student)
    feedback = course.settings.feedback
    solutions = _solutions(course, assignment, record, student, now)
    items = _items(cells, entries, report, solutions)
    return Page(
        assignment=assignment,
        items=_with_questions(items, Requests(course, assignment), student),
        handed_in=entries.handed_in,
        due=entries.due,
        is_over=entries.due is not None and now > entries.due,
        late_s=entries.late_s,
        penalty=entries.penalty,
        file=graded_file(history),
        stands=standing(history),
        notes=tuple(n.text for n in report.notes if Reader.STUDENT.may_read(n)) if report else (),
        since=_since(record, student, report),
        audience=Audience(show_hints=feedback.show_hints, show_values=feedback.show_values),
    )


def _with_questions(items: tuple[Item, ...], requests: Requests, student: str) -> tuple[Item, ...]:
    found: dict[str, list[Question]] = {}
    for one in requests.of(student):
        answered = day(one.answered) if one.answered else ""
        asked = Question(text=one.text, asked=day(one.asked), answer=one.answer, answered=answered)
        found.setdefault(one.exercise, []).append(asked)
    return tuple(
        dataclasses.replace(item, questions=tuple(found[item.name])) if item.name in found else item
        for item in items
    )


def _report(course: Course, assignment: str, student: str) -> Report | None:
    try:
        return read(course.folder("autograded", student, assignment) / CHECKS_FILE)
    except (OSError, ValueError):
        return None


def _since(record: Record, student: str, report: Report | None) -> Since | None:
    earlier = None if report is None else record.earlier(student)
    if earlier is None or report is None:
        return None
    entry, marked = earlier
    return Since(day=day(entry.graded), changes=changes(marked.report, report))


def _solutions(
    course: Course, assignment: str, record: Record, student: str, now: datetime
) -> Mapping[str, str]:
    """The reference's answers, where this student may see them."""
    still_open = open_rounds(course, assignment, now)
    newest = record.history(student).newest
    if still_open is None or newest is None or newest.number >= still_open:
        return {}
    return reference_answers(course, assignment)


def _items(
    cells: Sequence[NotebookNode],
    entries: OnPage,
    report: Report | None,
    solutions: Mapping[str, str],
) -> tuple[Item, ...]:
    answers = {grade_id(c): c for c in cells if of_nbgrader(c).get("solution")}
    pictures = _pictures(cells)
    told_of = report.for_page if report else {}
    results = {one.exercise: one for one in report.exercises} if report else {}
    items = []
    for cell in cells:
        grade = entries.grades.get(grade_id(cell))
        if grade is None or not (of_nbgrader(cell).get("grade") or of_nbgrader(cell).get("task")):
            continue
        if is_checks(cell):
            name = exercise_checked_by(cell)
            answer = answers.get(name)
            item = _exercise(name, grade, entries, answer, results.get(name), solutions)
            drawn, told = pictures.get(name, ()), told_of.get(name, {})
            items.append(
                dataclasses.replace(item, cell=grade_id(cell), pictures=drawn, for_page=told)
            )
        else:
            items.append(_written(cell, grade, entries))
    return tuple(items)


def _exercise(
    name: str,
    grade: Graded,
    entries: OnPage,
    answer: NotebookNode | None,
    result: ExerciseResult | None,
    solutions: Mapping[str, str],
) -> Item:
    """An exercise that is graded by checks."""
    said, comment = entries.comments.get(name, ("", ""))
    return Item(
        name=name,
        max_points=grade.max_points,
        points=grade.points,
        unanswered=said == _NO_RESPONSE and not grade.points,
        by_hand=grade.by_hand is not None,
        by_checks=grade.by_checks,
        again=grade.waits and grade.by_hand is not None,
        anchor=name if answer is not None else "",
        answer=_source(answer) if answer is not None else "",
        comment=comment,
        solution=solutions.get(name, ""),
        result=result,
    )


def _written(cell: NotebookNode, grade: Graded, entries: OnPage) -> Item:
    """An answer that a person reads."""
    name = grade_id(cell)
    said, comment = entries.comments.get(name, ("", ""))
    return Item(
        name=name,
        max_points=grade.max_points,
        points=grade.points,
        written=cell.cell_type != "code",
        unanswered=said == _NO_RESPONSE and not grade.points,
        again=grade.waits and grade.by_hand is not None,
        cell=name,
        anchor=name,
        answer=_source(cell),
        comment=comment,
    )


def _source(cell: NotebookNode) -> str:
    return cut("\n".join(line.rstrip() for line in cell.source.split("\n")), _ANSWER_CHARS)


def _pictures(cells: Sequence[NotebookNode]) -> dict[str, tuple[Picture, ...]]:
    """What was drawn, by exercise: in its answer's cell and in those below it, up to the next
    answer's. The last ones of each, and no more than a page takes.
    """
    found: dict[str, list[Picture]] = {}
    exercise, room = "", _ROOM_FOR_PICTURES
    for cell in cells:
        exercise = grade_id(cell) if is_answer(cell) else exercise
        if cell.cell_type == "code" and exercise and not is_checks(cell):
            found.setdefault(exercise, []).extend(_drawn(cell))
    kept: dict[str, tuple[Picture, ...]] = {}
    for name, pictures in found.items():
        for picture in pictures[-_MOST_PICTURES:]:
            if len(picture.content) <= room:
                kept[name] = (*kept.get(name, ()), picture)
                room -= len(picture.content)
    return kept


def _drawn(cell: NotebookNode) -> Iterator[Picture]:
    for output in cell.get("outputs", []):
        content = output.get("data", {}).get("image/png")
        if is_base64(content):
            yield Picture(mime="image/png", content="".join(content.split()))
