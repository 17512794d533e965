"""Everybody's answer to one question that people grade, without names and in an order of its own.

An answer's id is a keyed hash: whoever has the course's secret finds the student, nobody else does.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from nbformat import NotebookNode
from nbformat.v4 import reads

from autograder.course.course import Course
from autograder.course.handed_in import handed_in
from autograder.course.rounds import seed
from autograder.course.rubrics import RubricLine, read_rubric, rubric_files
from autograder.errors import KitError, UnknownName
from autograder.hand_in.cells import CHECKS_SUFFIX, KnownCell, exercise_of, grade_id, names_in_order
from autograder.hand_in.written import written_elsewhere
from autograder.marking.marked import Marked
from autograder.marking.report import is_notes
from autograder.nbgrader_bridge.gradebook import known_cells, knows
from autograder.nbgrader_bridge.question import Given, given_for
from autograder.nbgrader_bridge.record import Record
from autograder.review.marks import Choice, Mark, Marks, as_given, marks_of

# No vowels, so no words; no digits, so that no spreadsheet takes one for a number.
_LETTERS = "bcdfghjklmnpqrstvwxz"


class State(StrEnum):
    """How an answer stands."""

    WAITS = "to mark"
    CHANGED = "changed since it was marked"
    MARKED = "marked"
    FORMGRADER = "marked in Formgrader"
    UNANSWERED = "unanswered"


class GradedByChecks(KitError):
    """A question that nobody marks, as checks do."""

    exit_code = 2


class UnknownId(KitError):
    """An id that is no answer's."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question that people grade. `text` and `scheme` are Markdown of the source notebook: the
    question, and the answer's cell with its mark scheme. `strays` are rubrics of no question.
    """

    assignment: str
    name: str
    max_points: float
    rubric: Mapping[str, RubricLine]
    text: str = ""
    scheme: str = ""
    strays: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer: `cells` are the student's, the answer's own first. `choice` is what a sheet shows
    as chosen, `mark` what was given by one, where it stands, `last` the one that was given last.
    """

    id: str
    student: str
    state: State
    given: Given
    version: str
    choice: Choice = field(default_factory=Choice)
    mark: Mark | None = None
    last: Mark | None = None
    cells: tuple[NotebookNode, ...] = ()

    @property
    def text(self) -> str:
        return "\n\n".join(str(cell.source) for cell in self.cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """All answers to a question. Of `unread` hand-ins nothing could be read, `to_grade` have to be
    graded first, `handed_in_again` are here with an earlier hand-in.
    """

    question: Question
    answers: tuple[Answer, ...]
    marks: Marks
    unread: int = 0
    to_grade: int = 0
    handed_in_again: int = 0

    def of(self, state: State) -> list[Answer]:
        return [answer for answer in self.answers if answer.state is state]


def question_of(course: Course, assignment: str, name: str) -> Question:
    """A question that people grade. Raises UnknownName, and GradedByChecks for an exercise."""
    source = course.source_notebook(course.require_assignment(assignment))
    cells = _cells(course, assignment, source)
    by_hand = {cell.name: cell for cell in cells if cell.task or (cell.grade and cell.solution)}
    if name not in by_hand:
        if f"{exercise_of(name)}{CHECKS_SUFFIX}" in {cell.name for cell in cells if cell.grade}:
            raise GradedByChecks(
                f"{exercise_of(name)} is graded by checks, so there is nothing to mark.",
                "Points that you give it in Formgrader count in their place.",
            )
        raise UnknownName("question", name, by_hand, assignment)
    max_points = float(by_hand[name].points or 0.0)
    return Question(
        assignment=assignment,
        name=name,
        max_points=max_points,
        rubric=read_rubric(course, assignment, name, max_points),
        text=_asked(source, name),
        scheme=next(str(cell.source) for cell in source.cells if grade_id(cell) == name),
        strays=tuple(
            path.name for path in rubric_files(course, assignment) if path.stem not in by_hand
        ),
    )


def _cells(course: Course, assignment: str, source: NotebookNode) -> Sequence[KnownCell]:
    """The cells as the gradebook has them, or, where nothing was built yet, the source."""
    if knows(course.db_url, assignment):
        return known_cells(course.db_url, assignment, assignment, names_in_order(source))
    found = []
    for cell in source.cells:
        told = cell.metadata.get("nbgrader", {})
        if grade_id(cell):
            found.append(
                KnownCell(
                    name=grade_id(cell),
                    cell_type=cell.cell_type,
                    source=cell.source,
                    checksum=None,
                    locked=bool(told.get("locked")),
                    grade=bool(told.get("grade")),
                    solution=bool(told.get("solution")),
                    task=bool(told.get("task")),
                    points=told.get("points"),
                )
            )
    return found


def _asked(source: NotebookNode, name: str) -> str:
    """The text before an answer's cell, from the last heading on."""
    place = next(i for i, cell in enumerate(source.cells) if grade_id(cell) == name)
    before = itertools.takewhile(lambda cell: not grade_id(cell), reversed(source.cells[:place]))
    texts: list[str] = []
    for cell in before:
        if cell.cell_type == "markdown":
            texts.insert(0, cell.source)
            if cell.source.startswith("#"):
                break
    return "\n\n".join(texts)


def answers_of(
    course: Course, question: Question, seen: Callable[[], None] = lambda: None
) -> Answers:
    """Everybody's answer, shuffled in an order that stays. `seen` is called for each student."""
    assignment, name = question.assignment, question.name
    record = Record(course, assignment)
    marks = marks_of(course, assignment, name)
    given = given_for(course.db_url, assignment, name)
    key = _Key(course, question)
    read = _Reader(course, question)
    found: list[Answer] = []
    unread: set[str] = set()
    again = 0
    for student, one in given.items():
        marked = record.result(student)
        seen()
        # One that is graded at this moment, or was by an earlier version, has no answer to show.
        if marked is None or marked.answers.get(name, "") != one.answer:
            continue
        if marked.waits_whole:
            unread.add(student)
            continue
        again += _is_handed_in_again(course, record, assignment, student)
        found.append(_answer(key, student, one, marked, marks, read(marked)))
    return Answers(
        question=question,
        answers=tuple(sorted(found, key=lambda answer: answer.id)),
        marks=marks,
        unread=len(unread),
        to_grade=len({*course.submitted(assignment)} - {a.student for a in found} - unread),
        handed_in_again=again,
    )


def how_many(course: Course, assignment: str) -> int:
    """How many submissions will be read."""
    return len(Record(course, course.require_assignment(assignment)).students())


def _is_handed_in_again(course: Course, record: Record, assignment: str, student: str) -> bool:
    newest = record.history(student).newest
    now = handed_in(course, assignment, student)
    return newest is not None and bool(now.files) and now.content != newest.content


def _answer(
    key: _Key,
    student: str,
    given: Given,
    marked: Marked,
    marks: Marks,
    cells: tuple[NotebookNode, ...],
) -> Answer:
    mark = marks.standing(student, given)
    state = _state(given, marked.unanswered.get(key.question, False), mark)
    choice = Choice()
    if state is not State.CHANGED:
        choice = mark.choice if mark is not None else as_given(given).choice
    return Answer(
        id=key.id_of(student),
        student=student,
        state=state,
        given=given,
        version=f"{key.letters('answer', student, given.answer)}-{key.sign(choice)}",
        choice=choice,
        mark=mark,
        last=marks.of.get(student),
        cells=cells,
    )


def _state(given: Given, unanswered: bool, mark: Mark | None) -> State:
    is_commented = mark is not None and mark.comment and mark.answer != given.answer
    if given.waits and (given.points is not None or is_commented):
        return State.CHANGED
    if given.points is not None:
        return State.FORMGRADER if mark is None else State.MARKED
    return State.UNANSWERED if unanswered else State.WAITS


class _Key:
    """The secret by which answers to a question are named.

    From what the assignment's inputs are drawn from: it is kept with the gradebook, and an id stays
    the same when a snapshot is put back.
    """

    def __init__(self, course: Course, question: Question) -> None:
        self.question = question.name
        self._secret = hmac.digest(
            seed(course, question.assignment), f"marking {question.name}".encode(), hashlib.sha256
        )

    def letters(self, *parts: str, count: int = 6) -> str:
        said = "\0".join(parts).encode("utf-8", "surrogateescape")
        number = int.from_bytes(hmac.digest(self._secret, said, hashlib.sha256)[:16], "big")
        return "".join(_LETTERS[number // 20**place % 20] for place in range(count))

    def id_of(self, student: str) -> str:
        drawn = self.letters("student", student, count=10)
        return f"{drawn[:5]}-{drawn[5:]}"

    def sign(self, choice: Choice) -> str:
        return self.letters("choice", choice.sign().decode())


def sign_of(course: Course, question: Question) -> Callable[[Choice], str]:
    """What tells one choice from another in a sheet: the second half of a row's version."""
    return _Key(course, question).sign


def student_of(course: Course, question: Question, wanted: str) -> str:
    """Whose answer has an id; raises UnknownId."""
    key = _Key(course, question)
    given = given_for(course.db_url, question.assignment, question.name)
    by_id = {key.id_of(student): student for student in given}
    if wanted not in by_id:
        raise UnknownId(f"No answer to {question.name} of {question.assignment} has this id.")
    return by_id[wanted]


class _Reader:
    """Reads a question's answer out of graded notebooks."""

    def __init__(self, course: Course, question: Question) -> None:
        self.name = question.name
        source = course.source_notebook(question.assignment)
        self.text = frozenset(cell.source for cell in source.cells if not grade_id(cell))
        self.known = _cells(course, question.assignment, source)

    def __call__(self, marked: Marked) -> tuple[NotebookNode, ...]:
        notebook = reads(marked.notebook)
        notebook.cells = [cell for cell in notebook.cells if not is_notes(cell)]
        own = [cell for cell in notebook.cells if grade_id(cell) == self.name]
        beside = written_elsewhere(notebook, self.known, self.text).get(self.name, ())
        if beside:
            return tuple(_with_its_pictures(notebook, words) for words in beside)
        return (*own, *(self._below(notebook) if own and _is_task(own[0]) else ()))

    def _below(self, notebook: NotebookNode) -> Iterator[NotebookNode]:
        """What students put below a task, which is their answer to it."""
        place = next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == self.name)
        rest = itertools.takewhile(lambda cell: not grade_id(cell), notebook.cells[place + 1 :])
        return (cell for cell in rest if cell.source not in self.text)


def _is_task(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("task"))


def _with_its_pictures(notebook: NotebookNode, words: str) -> NotebookNode:
    """What was written beside the answer's cell, as a cell with the pictures that it names."""
    cell = NotebookNode(cell_type="markdown", source=words, metadata=NotebookNode())
    for one in notebook.cells:
        if not grade_id(one) and words in one.source and one.get("attachments"):
            cell["attachments"] = one.attachments
            break
    return cell
