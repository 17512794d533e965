"""What the kit reads from and writes into nbgrader's gradebook beside nbgrader's own steps."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    InvalidEntry,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import (
    Column,
    MetaData,
    String,
    Table,
    delete,
    false,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateTable
from tornado.log import app_log

from autograder.errors import KitError, NotGraded
from autograder.hand_in.cells import KnownCell

# Which answer each of nbgrader's grades is of. Beside the grades, in the same transaction: so it
# is never of another run than they are, also where a gradebook is restored from a backup.
_ANSWERS = Table(
    "autograder_answers",
    MetaData(),
    Column("grade_id", String(32), primary_key=True),
    Column("answer", String(64), nullable=False),
)
# What SQLite says, in words that tell what to do.
_UNUSABLE = {
    "locked": ("another program is writing to it", "Close that program, then try again."),
    "readonly": ("it cannot be written", "Give yourself the right to write it and its folder."),
    "unable to open": ("it cannot be opened", "Its folder must be there, and be yours to write."),
    "is full": ("the disk is full", "Make room on the disk, then try again."),
    "not a database": ("the file is not a gradebook", "Put the newest backup in its place."),
    "no such": ("another version of nbgrader made it", "Back it up, then run: nbgrader db upgrade"),
}


class GradebookUnusable(KitError):
    """A gradebook that cannot be opened, read or written, in the words of what is wrong."""

    exit_code = 2

    def __init__(self, db_url: str, problem: Exception) -> None:
        said = str(getattr(problem, "orig", None) or problem)
        known = [words for key, words in _UNUSABLE.items() if key in said]
        why, mend = known[0] if known else (said, "")
        where = os.path.basename(_file_of(db_url)) or make_url(db_url).render_as_string()
        super().__init__(f"The gradebook {where} cannot be used: {why.rstrip('.')}.", mend)


@dataclass(frozen=True, slots=True)
class _Open:
    """A gradebook and the file that it was opened in: another may have that name by now."""

    gradebook: Gradebook
    file: os.stat_result | None


_kept: dict[tuple[str, str], _Open] = {}


@contextlib.contextmanager
def opened(db_url: str, course_id: str = "default_course") -> Iterator[Gradebook]:
    """The gradebook, in a session of its own that ends here.

    Its engine is kept for the next one who asks in this process: a fresh engine compiles every
    query anew, a tenth of a judge's time. Raises GradebookUnusable for what the database refuses.
    """
    put_scripts_on_path()
    try:
        with _unlogged(), _session(db_url, course_id) as gradebook:
            yield gradebook
    except (SQLAlchemyError, InvalidEntry) as problem:
        raise GradebookUnusable(db_url, problem) from problem


@contextlib.contextmanager
def _unlogged() -> Iterator[None]:
    """nbgrader logs what it raises too, with its traceback."""
    before, app_log.disabled = app_log.disabled, True
    try:
        yield
    finally:
        app_log.disabled = before


@contextlib.contextmanager
def _session(db_url: str, course_id: str) -> Iterator[Gradebook]:
    key = db_url, course_id
    # SQLAlchemy 2.1 warns of nbgrader's own joins.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Taken out while it is used: a second one at the same time gets one of its own.
        kept = _kept.pop(key, None)
        if kept is not None and not _is_file_of(kept, db_url):
            kept.gradebook.close()
            kept = None
        if kept is None:
            gradebook = Gradebook(db_url, course_id)
            kept = _Open(gradebook, _stat(db_url))
        try:
            yield kept.gradebook
        finally:
            kept.gradebook.db.remove()
            if _kept.setdefault(key, kept) is not kept:
                kept.gradebook.close()


def _is_file_of(kept: _Open, db_url: str) -> bool:
    now = _stat(db_url)
    return now is not None and kept.file is not None and os.path.samestat(kept.file, now)


def _stat(db_url: str) -> os.stat_result | None:
    try:
        return os.stat(_file_of(db_url))
    except OSError:
        return None


def _file_of(db_url: str) -> str:
    """The gradebook's file, "" for one that is in no file: such a one is not kept."""
    url = make_url(db_url)
    return url.database or "" if url.get_backend_name() == "sqlite" else ""


def _let_go() -> None:
    """A connection to SQLite must not be carried into a forked process."""
    while _kept:
        _kept.popitem()[1].gradebook.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_let_go)


def put_scripts_on_path() -> None:
    """Makes this Python's scripts found: nbgrader starts `alembic` by name for a new gradebook.

    A virtual environment that is used without being activated is not on the PATH.
    """
    scripts = str(Path(sys.executable).parent)
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", "")])


def require_writable(db_url: str) -> None:
    """Raises GradebookUnusable where nothing can be written. A gradebook to come is not made."""
    if is_to_come(db_url):
        return
    with opened(db_url) as gradebook:
        # Changes no row, and needs all that a change needs: the lock and the right to write.
        nothing = update(Assignment).where(false()).values(name=Assignment.name)
        gradebook.db.execute(nothing)
        gradebook.db.rollback()


def is_to_come(db_url: str) -> bool:
    """Whether there is no gradebook yet: opening one makes it."""
    file = _file_of(db_url)
    return bool(file) and not os.path.exists(file)


def knows(db_url: str, assignment: str) -> bool:
    """Whether there is a gradebook, and it knows the assignment. None is made by asking."""
    if is_to_come(db_url):
        return False
    with opened(db_url) as gradebook, contextlib.suppress(MissingEntry):
        gradebook.find_assignment(assignment)
        return True
    return False


def known_cells(
    db_url: str, assignment: str, notebook: str, order: Sequence[str] = ()
) -> list[KnownCell]:
    """The cells of an assignment's notebook, in `order` where that names them.

    Raises NotGraded where the gradebook does not know the notebook.
    """
    with opened(db_url) as gradebook:
        try:
            entry = gradebook.find_notebook(notebook, assignment)
        except MissingEntry as missing:
            raise NotGraded(
                f"the gradebook does not know the assignment {assignment}.",
                f"Run: autograder build {assignment}",
            ) from missing
        points = {cell.name: float(cell.max_score) for cell in entry.grade_cells}
        solutions = {cell.name for cell in entry.solution_cells}
        tasks = {cell.name: float(cell.max_score) for cell in entry.task_cells}
        cells = [
            KnownCell(
                name=cell.name,
                cell_type=cell.cell_type,
                source=cell.source or "",
                checksum=cell.checksum,
                locked=bool(cell.locked),
                grade=cell.name in points,
                solution=cell.name in solutions,
                task=cell.name in tasks,
                points=points.get(cell.name, tasks.get(cell.name)),
            )
            for cell in entry.source_cells
        ]
    rank = {name: place for place, name in enumerate(order)}
    return sorted(cells, key=lambda cell: (rank.get(cell.name, len(rank)), cell.name))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """What grading found of a submission, for the gradebook. By grade_id: `scores` are points,
    None where a person gives them; `unanswered` says of each answer whether it is still as it was
    released; `answers` tells what each score is of. `handed_in` is UTC.
    """

    student: str
    scores: Mapping[str, float | None]
    unanswered: Mapping[str, bool]
    answers: Mapping[str, str]
    handed_in: datetime | None = None


def save_results(
    db_url: str, assignment: str, results: Sequence[Scores], *, create_students: bool = True
) -> list[str]:
    """Enters the results of several submissions, in one transaction: all of them or none.

    Gives the students who are not in the gradebook and may not be entered: theirs are left out.
    """
    unknown = []
    with opened(db_url) as gradebook, one_transaction(gradebook):
        for result in results:
            if not create_students and not _has_student(gradebook, result.student):
                unknown.append(result.student)
                continue
            enter(gradebook, assignment, result.student, result.handed_in)
            _save(gradebook, assignment, assignment, result)
    return unknown


def enter(
    gradebook: Gradebook, assignment: str, student: str, handed_in: datetime | None
) -> SubmittedAssignment:
    """A submission's entry, with the time of the hand-in if there is one; made where it is not."""
    gradebook.update_or_create_student(student)
    stamp = {} if handed_in is None else {"timestamp": handed_in.replace(tzinfo=None)}
    return gradebook.update_or_create_submission(assignment, student, **stamp)


def _has_student(gradebook: Gradebook, student: str) -> bool:
    try:
        gradebook.find_student(student)
    except MissingEntry:
        return False
    return True


@contextlib.contextmanager
def one_transaction(gradebook: Gradebook) -> Iterator[None]:
    """Within it nbgrader's own methods, which commit after each step, write all or nothing."""
    session = gradebook.db
    commit, session.commit = session.commit, session.flush
    try:
        yield
    except BaseException:
        session.rollback()
        raise
    else:
        commit()
    finally:
        session.commit = commit


def save_grades(
    db_url: str,
    assignment: str,
    notebook: str,
    student: str,
    scores: Mapping[str, float | None],
    unanswered: Mapping[str, bool],
    answers: Mapping[str, str],
) -> None:
    """Writes a graded notebook's scores, by grade_id, in the place of all earlier ones, at once.

    For a submission that nbgrader has entered. See `Scores`.
    """
    result = Scores(student=student, scores=scores, unanswered=unanswered, answers=answers)
    with opened(db_url) as gradebook, one_transaction(gradebook):
        _save(gradebook, assignment, notebook, result)


def _save(gradebook: Gradebook, assignment: str, notebook: str, result: Scores) -> None:
    """While `answers` stays as it is, a cell that a person has graded stays as they left it; else
    a person has to look at it again. Manual scores and comments stay.
    """
    entry = gradebook.find_submission_notebook(notebook, assignment, result.student)
    # In a few queries what each grade's name would else fetch for itself.
    master = entry.notebook
    cells = [*master.grade_cells, *master.solution_cells, *master.task_cells]
    now = {grade.id: result.answers.get(grade.name, "") for grade in entry.grades}
    before = _exchanged_answers(gradebook.db.connection(), now)
    for grade in entry.grades:
        grade.auto_score = result.scores.get(grade.name, 0.0)
        if grade.manual_score is None:
            grade.needs_manual_grade = grade.auto_score is None
        elif before.get(grade.id) != now[grade.id]:
            grade.needs_manual_grade = True
    for comment in entry.comments:
        if comment.name in result.unanswered:
            comment.auto_comment = "No response." if result.unanswered[comment.name] else None
    del cells


def _exchanged_answers(connection: Connection, now: Mapping[str, str]) -> dict[str, str]:
    """Which answers the grades were of; from now on they are of those in `now`."""
    ours = _ANSWERS.c.grade_id.in_(now)
    connection.execute(CreateTable(_ANSWERS, if_not_exists=True))
    rows = connection.execute(select(_ANSWERS).where(ours)).all()
    connection.execute(delete(_ANSWERS).where(ours))
    if now:
        values = [{"grade_id": grade_id, "answer": answer} for grade_id, answer in now.items()]
        connection.execute(insert(_ANSWERS), values)
    return {row.grade_id: row.answer for row in rows}


def recorded_answers(gradebook: Gradebook, grade_ids: Sequence[str]) -> dict[str, str]:
    """Which answer each of these grades is of, by the grade's id, where that is known."""
    connection = gradebook.db.connection()
    if not inspect(connection).has_table(_ANSWERS.name):
        return {}
    rows = connection.execute(select(_ANSWERS).where(_ANSWERS.c.grade_id.in_(grade_ids))).all()
    return {row.grade_id: row.answer for row in rows}


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """A submission's points as the gradebook has them: by checks and by hand, less what it is late.

    `waiting` is how many of its answers a person still has to look at, and `unread` what those of
    them are worth that have no points yet, which `max_points` does not count. `late_s` is how many
    seconds after the due date, extended or not, it was handed in.
    """

    points: float
    max_points: float
    penalty: float
    waiting: int
    late_s: float
    unread: float = 0.0


def totals(db_url: str, assignment: str) -> dict[str, Total]:
    """What the gradebook says of each submission of an assignment, by student."""
    entry = SubmittedAssignment
    with opened(db_url) as gradebook:
        waiting = _waiting(gradebook, assignment)
        unread = _unread(gradebook, assignment)
        rows = (
            gradebook.db.query(
                entry.student_id,
                entry.score,
                Assignment.max_score,
                entry.late_submission_penalty,
                entry.timestamp,
                entry.extension,
                Assignment.duedate,
            )
            .join(Assignment, entry.assignment_id == Assignment.id)
            .filter(Assignment.name == assignment)
            .all()
        )
    return {
        student: Total(
            points=round(max(score - penalty, 0.0), 2),
            max_points=round(max_score - sum(unread.get(student, {}).values()), 2),
            unread=round(sum(unread.get(student, {}).values()), 2),
            penalty=round(penalty, 2),
            waiting=waiting.get(student, 0),
            late_s=seconds_late(handed_in, due, extension),
        )
        for student, score, max_score, penalty, handed_in, extension, due in rows
    }


def _unread(gradebook: Gradebook, assignment: str) -> dict[str, dict[str, float]]:
    """By student, what waits for a person and has no points of any kind."""
    query = gradebook.db.query(SubmittedAssignment.student_id, BaseCell.name, Grade.max_score)
    rows = (
        of_assignment(query, Grade, assignment)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .filter(Grade.needs_manual_grade, Grade.manual_score.is_(None))
    )
    found: dict[str, dict[str, float]] = {}
    for name, cell, worth in rows.all():
        found.setdefault(name, {})[cell] = float(worth)
    return found


def _waiting(gradebook: Gradebook, assignment: str) -> dict[str, int]:
    """How many answers of each student wait for a person."""
    query = gradebook.db.query(SubmittedAssignment.student_id, func.count(Grade.id))
    waiting = of_assignment(query, Grade, assignment).filter(Grade.needs_manual_grade)
    return dict(waiting.group_by(SubmittedAssignment.student_id).all())


def of_assignment(query: Any, kind: type[Grade] | type[Comment], assignment: str) -> Any:
    """A query of grades or comments, and of those that they belong to, in one assignment."""
    return (
        query.select_from(kind)
        .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == assignment)
    )


def seconds_late(
    handed_in: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    """How long after its due date, extended or not, something was handed in; 0 where it was not."""
    if handed_in is None or due is None:
        return 0.0
    return max((handed_in - due - (extension or timedelta())).total_seconds(), 0.0)


def scores(db_url: str, assignment: str, student: str) -> dict[str, float | None]:
    """The autograded score of each graded cell of a submission, by grade_id."""
    with opened(db_url) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return {}
        return {
            grade.name: grade.auto_score
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
