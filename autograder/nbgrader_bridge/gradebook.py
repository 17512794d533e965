"""What the kit reads from and writes into nbgrader's gradebook beside nbgrader's own steps."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from autograder.errors import NotGraded
from autograder.nbgrader_bridge.normalize import KnownCell

CHECKS_SUFFIX = "-checks"


@contextlib.contextmanager
def opened(db_url: str, course_id: str = "default_course") -> Iterator[Gradebook]:
    """The gradebook, closed at the end. (SQLAlchemy 2.1 warns of nbgrader's own joins.)"""
    put_scripts_on_path()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Gradebook(db_url, course_id) as gradebook:
            yield gradebook


def put_scripts_on_path() -> None:
    """Makes this Python's scripts found: nbgrader starts `alembic` by name for a new gradebook.

    A virtual environment that is used without being activated is not on the PATH.
    """
    scripts = str(Path(sys.executable).parent)
    if scripts not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", "")])


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


def exercise_points(known: Sequence[KnownCell]) -> dict[str, float]:
    """The points of each exercise that is graded by checks, by the exercise's name."""
    return {
        exercise_of(cell.name): cell.points or 0.0
        for cell in known
        if cell.grade and not cell.solution
    }


def exercise_of(grade_id: str) -> str:
    """The exercise that a graded cell belongs to: `transpose-checks` is `transpose`."""
    return grade_id.removesuffix(CHECKS_SUFFIX)


def reset_grades(db_url: str, assignment: str, student: str, *, needs_manual: bool) -> None:
    """Takes out the points of earlier runs; manual scores and comments stay.

    With `needs_manual`, no score is left at all and the submission waits for a person.
    """
    with opened(db_url) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                grade.auto_score = None if needs_manual else 0.0
                grade.needs_manual_grade = needs_manual
        gradebook.db.commit()


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
