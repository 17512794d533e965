"""Makes the pages of three students of 1-tensors in a folder: two exercises lost, everything right,
and a hand-in that waits for a person. `python -m tests.pages.sample_pages FOLDER` runs it.

It is a program of its own, because grading and nbconvert need the thread that the browser holds.
"""

from __future__ import annotations

import dataclasses
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.course.course import CHECKS_FILE, Course, open_course
from autograder.demo.run import make_class
from autograder.hand_in.cells import grade_id
from autograder.nbgrader_bridge.gradebook import opened
from autograder.results import Gap, Report, Shown, read, write
from autograder.settings.load import load

REPOSITORY = Path(__file__).parents[2]
ASSIGNMENT = "1-tensors"
_WRONG = {
    "transpose": "def transpose(m):\n    # rows and columns\n    "
    "return m.reshape(m.shape[1], m.shape[0])",
    "matrix_product": "def matrix_product(a, b):\n    return a.float() @ b.float()",
    "describe": "def describe(t):\n    return t.dtype, t.shape, t.device",
}
_DRAWS = "import matplotlib.pyplot as plt\nplt.figure(figsize=(3, 1))\nplt.plot([1, 2])\nplt.show()"
_HISTORY = [
    {"train_loss": 2.0 / epoch, "test_loss": 2.2 / epoch, "accuracy": 1 - 0.6 / epoch}
    for epoch in range(1, 7)
]


def main(folder: Path) -> None:
    course = _course(folder / "course")
    _hand_in(course, "lost-two", "describe", "matrix_product")
    _grade(course, "lost-two")
    _hand_in(course, "lost-two", "transpose", "matrix_product")
    _hand_in(course, "all-right")
    waits = course.folder("submitted", "waits", ASSIGNMENT)
    waits.mkdir(parents=True)
    (waits / f"{ASSIGNMENT}.ipynb").write_text("My laptop broke.", encoding="utf-8")
    students = ("lost-two", "all-right", "waits")
    _grade(course, *students)
    _in_the_gradebook(course)
    _with_gaps(course.folder("autograded", "lost-two", ASSIGNMENT) / CHECKS_FILE)
    for student, problem in feedback_for(course, ASSIGNMENT, students):
        assert problem is None, problem
        made = course.folder("feedback", student, ASSIGNMENT) / f"{ASSIGNMENT}.html"
        shutil.copy(made, folder / f"{student}.html")


def _course(root: Path) -> Course:
    """A course with the sample class's hand-ins, of which only the first one's is used."""
    root.mkdir()
    for name in ("solutions", "tests/hidden"):
        shutil.copytree(REPOSITORY / name, root / name)
    for name in ("nbgrader_config.py", "course_config.py"):
        shutil.copy(REPOSITORY / name, root)
    return make_class(open_course(load(root)), (ASSIGNMENT,)).course


def _hand_in(course: Course, student: str, *wrong: str) -> None:
    right = course.folder("submitted", "ada", ASSIGNMENT) / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(right, as_version=4)
    for cell in notebook.cells:
        if grade_id(cell) in wrong:
            cell.source = _WRONG[grade_id(cell)]
    names = [grade_id(cell) for cell in notebook.cells]
    notebook.cells.insert(names.index("transpose") + 1, new_code_cell(_DRAWS))
    folder = course.folder("submitted", student, ASSIGNMENT)
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{ASSIGNMENT}.ipynb")
    now = datetime.now(UTC)
    (folder / "timestamp.txt").write_text(f"{now:%Y-%m-%d %H:%M:%S} UTC\n", encoding="utf-8")


def _grade(course: Course, *students: str) -> None:
    for told in grade_class(course, ASSIGNMENT, students):
        assert told.graded.report is not None, told.graded.problem


def _in_the_gradebook(course: Course) -> None:
    """A due date that is not over, a comment, and points that a person gave."""
    with opened(course.db_url) as gradebook:
        due = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=3)
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=due)
        for name in ("transpose", "describe"):
            comment = gradebook.find_comment(name, ASSIGNMENT, ASSIGNMENT, "lost-two")
            comment.manual_comment = "Look at **three** columns: $a_{ij} = b_{ji}$."
        grade = gradebook.find_grade("transpose-checks", ASSIGNMENT, ASSIGNMENT, "lost-two")
        grade.manual_score = 1.0
        gradebook.db.commit()


def _tensor(values: list[list[float]]) -> Shown:
    shape = (len(values), len(values[0]))
    words = f"a tensor of shape {shape}, float32"
    return Shown(text=words, shape=shape, dtype="float32", device="cpu", values=values)


def _with_gaps(path: Path) -> None:
    """Puts a gap as wide as one can be into the report, and what a training keeps."""
    wide = [[row + column / 7 for column in range(8)] for row in range(8)]
    gap = Gap(
        seed=2026,
        call="transpose(matrix)",
        fact="transpose(matrix) differs in 56 of 64 values, first at [0, 1].",
        inputs=(("matrix", _tensor(wide)),),
        expected=_tensor([list(column) for column in zip(*wide, strict=True)]),
        actual=_tensor(wide),
    )
    confusion = [[9 if row == column else 1 for column in range(10)] for row in range(10)]
    told = {"transpose": {"history": _HISTORY, "confusion": confusion}}
    report: Report = read(path)
    exercises = []
    for one in report.exercises:
        checks = [
            check if check.credit == 1 else dataclasses.replace(check, gap=check.gap or gap)
            for check in one.checks
        ]
        if one.exercise == "transpose":
            checks[0] = dataclasses.replace(checks[0], gap=gap)
        exercises.append(dataclasses.replace(one, checks=tuple(checks)))
    path.chmod(0o644)
    write(dataclasses.replace(report, exercises=tuple(exercises), for_page=told), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
