"""A tiny course for tests: the repository's own settings files, one assignment, real nbgrader.

It works offline. `a1` has six exercises that are checked and one written answer; four of the
exercises have the names of those in `1-tensors`, so that hostile cells written for that
assignment run here as they are.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.course import Course, open_course
from autograder.judge.grade import Judge
from autograder.judge.records import Cell, TimeLimits, Verdict
from autograder.marking.bench import judge_in_place
from autograder.nbgrader_bridge.gradebook import put_scripts_on_path, scores
from autograder.settings.load import load

REPOSITORY = Path(__file__).parents[2]
ASSIGNMENT = "a1"
GUARD = (
    "\n### BEGIN HIDDEN TESTS\n"
    "raise RuntimeError('graded by the autograder package only')\n"
    "### END HIDDEN TESTS"
)
ANSWERS = {
    "transpose": "def transpose(m):\n    return m.T",
    "total": "def total(m):\n    return m.sum().item()",
    "from_list": "def from_list(values):\n    return torch.tensor(values)",
    "with_column": (
        "def with_column(m, j, value):\n"
        "    result = m.clone()\n"
        "    result[:, j] = value\n"
        "    return result"
    ),
    "matrix_product": "def matrix_product(a, b):\n    return a @ b",
    "pixels_to_float": (
        "def pixels_to_float(a):\n    return torch.from_numpy(a).to(torch.float32) / 255"
    ),
}
POINTS = {
    "transpose": 3,
    "total": 2,
    "from_list": 1,
    "with_column": 1,
    "matrix_product": 1,
    "pixels_to_float": 1,
}
# Long, because a busy machine is slow. A test that waits for a limit sets a shorter one.
LIMITS = TimeLimits(cell_s=60.0, call_s=10.0, submission_s=600.0)
ALL_POINTS = float(sum(POINTS.values()))
WRITTEN = "why"
MARK_SCHEME = "the words that earn the points"
HINT = "Were the rows and columns exchanged?"
VISIBLE = {
    "transpose": "expect(transpose(torch.ones(2, 3)), torch.ones(3, 2))",
    "total": "expect(total(torch.ones(2, 2)), 4.0)",
    "from_list": "expect(from_list([1, 2]), torch.tensor([1, 2]))",
    "with_column": "expect(with_column(torch.ones(1, 1), 0, 2.0), torch.tensor([[2.0]]))",
    "matrix_product": "expect(matrix_product(torch.eye(2), torch.eye(2)), torch.eye(2))",
    "pixels_to_float": "expect(pixels_to_float(np.zeros((1, 1), 'uint8')), torch.zeros(1, 1))",
}
CHECKS = f"""\
from autograder.checks import check, expect, fetch, keep, put


@check("transpose", weight=2)
def test_swaps_the_axes(student, solution, rng):
    matrix = rng.tensor(2, 3)
    expect(student.transpose(matrix), solution.transpose(matrix), hint={HINT!r})


@check("transpose")
def test_is_a_view(student, rng):
    matrix = put(student, rng.tensor(2, 3))
    view = keep(student.transpose, matrix)
    value = rng.uniform(1, 2)
    matrix[0, 1] = value
    expect(fetch(view)[1, 0].item(), value)


@check("total")
def test_adds_all(student, solution, rng):
    matrix = rng.tensor(2, 3)
    expect(student.total(matrix), solution.total(matrix))


@check("from_list")
def test_of_whole_numbers(student, solution, rng):
    values = [rng.integer(0, 99) for _ in range(4)]
    expect(student.from_list(values), solution.from_list(values))


@check("with_column")
def test_sets_one_column(student, solution, rng):
    matrix, value = rng.tensor(3, 3), rng.uniform(0, 1)
    expect(student.with_column(matrix, 1, value), solution.with_column(matrix, 1, value))


@check("matrix_product")
def test_rows_times_columns(student, solution, rng):
    left, right = rng.tensor(2, 3), rng.tensor(3, 2)
    expect(student.matrix_product(left, right), solution.matrix_product(left, right))


@check("pixels_to_float")
def test_scales_to_one(student, solution, rng):
    pixels = rng.array(4, 4, dtype="uint8")
    expect(student.pixels_to_float(pixels), solution.pixels_to_float(pixels))
"""
# Short limits, few digits: a test waits for each second of them.
SETTINGS = """

c.MnistData.root = {digits!r}
c.MnistData.download = False
c.MnistData.train_samples = 100
c.MnistData.test_samples = 50
c.MnistData.hidden_samples = 50
c.Limits.cell_s = 60.0
c.Limits.call_s = 4.0
c.SandboxPolicy.allow_no_sandbox = True
"""
Edit = Callable[[NotebookNode], NotebookNode | None]


def metadata(grade_id: str, **flags: Any) -> dict[str, Any]:
    """nbgrader's metadata of a cell, as a source notebook has it."""
    base = {"grade": False, "locked": False, "solution": False, "task": False}
    return {"nbgrader": {**base, "schema_version": 3, "grade_id": grade_id, **flags}}


def _code(source: str, grade_id: str, **flags: Any) -> NotebookNode:
    return new_code_cell(source, metadata=metadata(grade_id, **flags), id=grade_id)


def source_notebook() -> NotebookNode:
    """The source of the assignment: set-up, exercises with their checks, a written answer."""
    setup = "import numpy as np\nimport torch\nfrom autograder.expect import expect, require"
    cells = [_code(setup, "setup", locked=True)]
    for name, answer in ANSWERS.items():
        head, _, body = answer.partition("\n")
        marked = f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
        cells.append(_code(marked, name, solution=True))
        flags = {"grade": True, "locked": True, "points": POINTS[name]}
        cells.append(_code(VISIBLE[name] + GUARD, f"{name}-checks", **flags))
    scheme = f"=== BEGIN MARK SCHEME ===\n{MARK_SCHEME}\n=== END MARK SCHEME ==="
    written = metadata(WRITTEN, grade=True, solution=True, points=3)
    cells.append(new_markdown_cell(scheme, metadata=written, id=WRITTEN))
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    return notebook


def write_course(root: Path, digits: Path) -> None:
    """A course in `root` that nobody has built yet, with the repository's settings and more."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    shipped = (REPOSITORY / "course_config.py").read_text(encoding="utf-8")
    settings = shipped + SETTINGS.format(digits=str(digits))
    (root / "course_config.py").write_text(settings, encoding="utf-8")
    source = root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(source_notebook(), source)
    checks = root / "tests" / "hidden" / ASSIGNMENT
    checks.mkdir(parents=True)
    (checks / "test_a1.py").write_text(CHECKS, encoding="utf-8")


@dataclass(frozen=True)
class Mini:
    """A tiny course on disk, and what tests do with it."""

    root: Path

    @cached_property
    def course(self) -> Course:
        return open_course(load(self.root))

    def read(self, *parts: str) -> str:
        return self.root.joinpath(*parts).read_text(encoding="utf-8")

    def released(self) -> NotebookNode:
        """The notebook that students get."""
        path = self.root / "assignments" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        return nbformat.read(path, as_version=4)

    def submission(self, student: str) -> Path:
        return self.root / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    def answered(self, edit: Edit | None = None, /, **answers: str) -> NotebookNode:
        """The release filled in with right answers, but for those given; then edited."""
        notebook = self.released()
        written = {WRITTEN: "Because of the memory.", **ANSWERS, **answers}
        for cell in notebook.cells:
            if cell.metadata.nbgrader.solution:
                cell.source = written[cell.metadata.nbgrader.grade_id]
        return (edit(notebook) or notebook) if edit else notebook

    def hand_in(
        self,
        student: str,
        notebook: NotebookNode | bytes,
        files: Mapping[str, str | bytes | Path] | None = None,
    ) -> Path:
        """Puts a submission at its place; `files` go beside it, a Path as a link to it."""
        path = self.submission(student)
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(notebook, bytes):
            path.write_bytes(notebook)
        else:
            text = nbformat.v4.writes_json(notebook)
            path.write_text(text, encoding="utf-8", errors="surrogatepass")
        for name, content in (files or {}).items():
            beside = path.with_name(name)
            if isinstance(content, Path):
                beside.symlink_to(content)
            elif isinstance(content, bytes):
                beside.write_bytes(content)
            else:
                beside.write_text(content, encoding="utf-8")
        return path

    def scores(self, student: str) -> dict[str, float | None]:
        """The autograded points of a student's exercises, by exercise."""
        found = scores(self.course.db_url, ASSIGNMENT, student)
        return {name.removesuffix("-checks"): score for name, score in found.items()}

    def copy_to(self, folder: Path) -> Mini:
        """The same course in another folder, gradebook and all."""
        shutil.copytree(self.root, folder, symlinks=True)
        return Mini(folder)

    def nbgrader(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs the stock command in the folder of the course."""
        put_scripts_on_path()
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.root,
            env=clean_env(),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def cells(
        self, *, first: Sequence[str] = (), last: Sequence[str] = (), **answers: str
    ) -> list[Cell]:
        """A submission's code cells as the judge gets them, with right answers but those given."""
        given = {"setup": source_notebook().cells[0].source, **ANSWERS, **answers}
        return [
            *(Cell(name=f"cell {n}", source=source) for n, source in enumerate(first, 1)),
            *(
                Cell(name=name, source=source, checked=(name,) if name in POINTS else ())
                for name, source in given.items()
            ),
            *(Cell(name=f"cell {n}", source=source) for n, source in enumerate(last, 100)),
        ]


def clean_env() -> dict[str, str]:
    """The environment of a command: this one's, without what pytest and Jupyter put in."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "JUPYTER_"))}
    return {**kept, "PYTHONWARNINGS": "ignore"}


def full_marks() -> dict[str, float]:
    return {name: float(points) for name, points in POINTS.items()}


@dataclass(frozen=True)
class HandedIn:
    """What the judge is to grade: code cells, and the limits they are graded under."""

    cells: Sequence[Cell]
    limits: TimeLimits = LIMITS


def judge_of(mini: Mini) -> Judge:
    """A judge of the tiny course, with kernels as in a class run."""
    judge = judge_in_place(mini.course, ASSIGNMENT)
    judge.limits = LIMITS
    return judge


def judge_all(judge: Judge, submissions: Mapping[str, HandedIn]) -> dict[str, Verdict]:
    """Grades submissions one after the other, each under its own limits."""
    verdicts = {}
    for name, handed_in in submissions.items():
        judge.limits = handed_in.limits
        verdicts[name] = judge.grade(handed_in.cells)
    return verdicts
