"""Real notebooks of the course as students have them, and folders on students' machines."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.hand_in.cells import grade_id, is_answer
from autograder.hand_in.release import Release
from autograder.handout.student_wheel import build_wheel

REPOSITORY = Path(__file__).parents[3]
TENSORS, NETWORK = "1-tensors", "3-network"


def released(assignment: str = TENSORS) -> NotebookNode:
    return nbformat.read(
        REPOSITORY / "assignments" / assignment / f"{assignment}.ipynb", as_version=4
    )


def answered(assignment: str = TENSORS, *, but: tuple[str, ...] = ()) -> NotebookNode:
    """The release with the reference's answers, written ones included."""
    source = nbformat.read(
        REPOSITORY / "solutions" / assignment / f"{assignment}.ipynb", as_version=4
    )
    answers = {grade_id(cell): cell.source for cell in source.cells}
    notebook = released(assignment)
    for cell in notebook.cells:
        if is_answer(cell) and grade_id(cell) not in but:
            cell.source = answers[grade_id(cell)]
        elif cell.cell_type == "markdown" and grade_id(cell) and grade_id(cell) not in but:
            cell.source = "Because a view shares the memory of what it was made from."
    return notebook


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(one for one in notebook.cells if grade_id(one) == name)


def lay(notebook: NotebookNode, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def put_wheel(folder: Path, *notebooks: NotebookNode, assignment: str = TENSORS) -> Path:
    """The students' wheel in a folder; of each notebook, as a release of the assignment."""
    folder.mkdir(parents=True, exist_ok=True)
    return build_wheel(folder, (), [Release.of(assignment, one) for one in notebooks])
