"""A course as the kit sees it: its settings, nbgrader's folders, what an assignment is made of."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import torch
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory

from autograder.checks.plugin import CourseFacts, HiddenDigits
from autograder.errors import ChecksBroken, MissingFile, Refused, SettingsProblem, UnknownName
from autograder.judge.records import Assignment, Cell
from autograder.judge.records import Limits as JudgeLimits
from autograder.kernel.session import KernelPlan
from autograder.mnist import (
    GradingSplit,
    Prepared,
    copies_in_packages,
    distorted,
    grading_split,
    prepare,
)
from autograder.nbgrader_bridge.cells import exercise_of
from autograder.settings.load import Settings

PRIVATE_FOLDER = ".autograder"
REFERENCE_LEFT_OUT = "long-running"


@dataclass(frozen=True, kw_only=True)
class Course:
    """A course: one folder, its settings and its nbgrader."""

    settings: Settings
    directory: CourseDirectory

    @property
    def root(self) -> Path:
        return Path(self.directory.root)

    @property
    def db_url(self) -> str:
        return str(self.directory.db_url)

    @property
    def private(self) -> Path:
        """The kit's own folder beside the gradebook: seeds, data, work in progress. Mode 0700."""
        folder = self.root / PRIVATE_FOLDER
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            fact = f"{folder} cannot be made ({problem.strerror})."
            raise Refused(fact, "Give yourself the right to write in its folder.") from problem
        return folder

    def assignments(self) -> list[str]:
        """The names of the assignments that have a source notebook."""
        folder = self.root / self.directory.source_directory
        return sorted(
            path.parent.name for path in folder.glob("*/*.ipynb") if path.stem == path.parent.name
        )

    def require_assignment(self, name: str) -> str:
        """The name, if there is such an assignment; raises UnknownName."""
        if name not in self.assignments():
            raise UnknownName("assignment", name, self.assignments())
        return name

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """A folder of nbgrader's: `step` is one of its directory settings."""
        directory = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(directory, student, assignment))

    def source_path(self, assignment: str) -> Path:
        """The source notebook's file; raises MissingFile."""
        path = self.folder("source", ".", assignment) / f"{assignment}.ipynb"
        if not path.is_file():
            raise MissingFile(path, f"the source of {assignment}")
        return path

    def source_notebook(self, assignment: str) -> NotebookNode:
        """The source notebook; raises MissingFile."""
        return nbformat.read(self.source_path(assignment), as_version=4)

    def checks_folder(self, assignment: str) -> Path:
        return self.root / "tests" / "hidden" / assignment

    def submitted(self, assignment: str) -> list[str]:
        """The students who handed something in for an assignment."""
        parent = self.folder("submitted", "*", assignment)
        return sorted(path.parent.name for path in parent.parent.parent.glob(f"*/{parent.name}"))


def open_course(settings: Settings) -> Course:
    """The course that the settings describe; raises SettingsProblem."""
    try:
        directory = CourseDirectory(config=settings.config)
    except Exception as problem:
        raise SettingsProblem("course_config.py", str(problem)) from problem
    if "root" not in settings.config.CourseDirectory:
        directory.root = str(settings.root)
    return Course(settings=settings, directory=directory)


def seed(course: Course, assignment: str) -> bytes:
    """The secret from which hidden inputs are drawn: one for an assignment, kept for regrades."""
    path = course.private / "seeds" / assignment
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_name(f".{assignment}-{secrets.token_hex(4)}")
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            # link, not replace: of two workers that come first, one wins and both use its seed.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii"))


def grading_data(course: Course) -> GradingSplit:
    """The digits for kernels, and the hidden ones, made ready once a process."""
    key = _digits_key(course)
    if key not in _splits:
        _splits[key] = _split(course, seed(course, "hidden-digits"))
    return _splits[key]


_splits: dict[str, GradingSplit] = {}
_hidden: dict[str, HiddenDigits] = {}


def _digits_key(course: Course) -> str:
    """What the digits of a course depend on, so that a changed setting makes them anew."""
    mnist = course.settings.mnist
    traits = [getattr(mnist, name) for name in sorted(mnist.trait_names(config=True))]
    return repr((course.root, digits_place(course), traits))


def hidden_digits(course: Course) -> HiddenDigits:
    """The hidden digits, slightly changed: the same images for a whole class and its regrades."""
    key = _digits_key(course)
    if key not in _hidden:
        _hidden[key] = _changed(course, grading_data(course), seed(course, "hidden-digits"))
    return _hidden[key]


def other_hidden_digits(
    course: Course, secret: bytes, *, strength: float | None = None
) -> HiddenDigits:
    """What the hidden digits would be under another secret: to measure what chance does.

    `strength` is another one than the settings' `hidden_distortion`.
    """
    return _changed(course, _split(course, secret), secret, strength)


def _changed(
    course: Course, split: GradingSplit, secret: bytes, strength: float | None = None
) -> HiddenDigits:
    """A split's hidden digits as tensors, changed as far as the settings say."""
    if strength is None:
        strength = course.settings.mnist.hidden_distortion
    images = distorted(split.hidden_images, seed=secret.hex(), strength=strength)
    return torch.from_numpy(images).unsqueeze(1), torch.from_numpy(split.hidden_labels)


def digits_place(course: Course) -> tuple[Path, tuple[Path, ...]]:
    """Where MNIST is made ready, and the folders that may hold it already.

    The environment's MNIST_ROOT comes before the settings. It may be a folder that cannot be
    written or holds .gz files: then its digits are unpacked beside the gradebook.
    """
    settings, mnist = course.settings, course.settings.mnist
    given = os.environ.get("MNIST_ROOT")
    if given is None:
        return settings.path(mnist.root), tuple(settings.path(p) for p in mnist.also_look_in)
    folder = Path(given).expanduser().resolve()
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return course.private / f"mnist-{name}", (folder,)


def ready_digits(course: Course, say: Callable[[str], None] = lambda _text: None) -> Prepared:
    """MNIST made ready for the course, from the first source that has it."""
    root, folders = digits_place(course)
    given = "MNIST_ROOT" in os.environ
    download = course.settings.mnist.download and not given
    return prepare(root, also_look_in=folders, download=download, offline_digits=not given, say=say)


def _split(course: Course, secret: bytes) -> GradingSplit:
    mnist = course.settings.mnist
    return grading_split(
        ready_digits(course).root,
        course.private / "grading-data",
        train_samples=mnist.train_samples,
        test_samples=mnist.test_samples,
        hidden_samples=mnist.hidden_samples,
        seed=secret.hex(),
    )


def kernel_env(course: Course) -> dict[str, str]:
    """What a kernel's environment holds beyond the kit's own: where the digits are."""
    return {"MNIST_ROOT": str(grading_data(course).root)}


def kernel_plan(course: Course) -> KernelPlan:
    """How kernels of this course are started: forked from a warm process, in the sandbox."""
    return _plan(course, kernel_env(course))


def plan_without_digits(course: Course) -> KernelPlan:
    """The same, for a kernel that needs no digits: none are made ready for it."""
    return _plan(course, {})


def _plan(course: Course, env: dict[str, str]) -> KernelPlan:
    limits = course.settings.limits
    return KernelPlan(
        env=env,
        output_chars=limits.output_chars,
        notebook_output_chars=limits.notebook_output_chars,
        provisioner="autograder-sandbox",
        provisioner_config={
            "readable": list(env.values()),
            # Without a network the hidden digits come from there, labels and all.
            "hidden": [str(path) for path in copies_in_packages()],
            "env": env,
            "limits": {
                "memory_mb": limits.memory_mb,
                "cpu_s": limits.cpu_s,
                "threads": limits.threads,
                "processes": limits.processes,
                "scratch_mb": limits.scratch_mb,
            },
            "allow_no_sandbox": course.settings.sandbox.allow_no_sandbox,
        },
    )


def judge_limits(course: Course) -> JudgeLimits:
    limits = course.settings.limits
    return JudgeLimits(cell_s=limits.cell_s, call_s=limits.call_s, submission_s=limits.submission_s)


def judge_assignment(course: Course, assignment: str, max_points: dict[str, float]) -> Assignment:
    """The assignment as the judge needs it. `max_points` maps exercises to points."""
    folder = course.checks_folder(assignment)
    if not any(folder.glob("test_*.py")):
        raise ChecksBroken(assignment, f"{folder} holds no test_*.py")
    return Assignment(
        name=assignment,
        checks_folder=folder,
        reference=reference_cells(course.source_notebook(assignment)),
        max_points=max_points,
        seed=seed(course, assignment),
        hidden_digits=lambda: hidden_digits(course),
        course=course_facts(course),
        env=kernel_env(course),
    )


def course_facts(course: Course) -> CourseFacts:
    """What the checks may know of the settings."""
    grading = course.settings.grading
    return CourseFacts(
        minimum_accuracy=grading.minimum_accuracy,
        full_marks_accuracy=grading.full_marks_accuracy,
        show_values=course.settings.feedback.show_values,
    )


def judged_cells(notebook: NotebookNode) -> dict[int, Cell]:
    """The code that the judge runs, by its place in the notebook: every code cell but checks."""
    cells = {
        index: Cell(name=cell_name(cell, index), source=cell.source)
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and not is_checks(cell)
    }
    for index, exercises in _asked_after(notebook, cells).items():
        cells[index] = dataclasses.replace(cells[index], checked=tuple(exercises))
    return cells


def _asked_after(notebook: NotebookNode, cells: Mapping[int, Cell]) -> dict[int, list[str]]:
    """The cells behind which visible checks stand, and of which exercises: behind its answer where
    a check stands above that.
    """
    places = {cell.name: index for index, cell in cells.items()}
    found: dict[int, list[str]] = {}
    before = -1
    for index, cell in enumerate(notebook.cells):
        if index in cells:
            before = index
        elif is_checks(cell):
            exercise = exercise_of(cell.metadata.nbgrader.grade_id)
            at = max(before, places.get(exercise, -1))
            if at >= 0:
                found.setdefault(at, []).append(exercise)
    return found


def reference_cells(source: NotebookNode) -> tuple[tuple[str, str], ...]:
    """The code that makes the reference's namespace: all but checks and long-running cells."""
    return tuple(
        (cell.name, cell.source)
        for index, cell in judged_cells(source).items()
        if REFERENCE_LEFT_OUT not in source.cells[index].metadata.get("tags", [])
    )


def source_points(source: NotebookNode) -> dict[str, float]:
    """The points of each exercise that is graded by checks, read off a source notebook."""
    return {
        exercise_of(cell.metadata.nbgrader.grade_id): float(cell.metadata.nbgrader.points)
        for cell in source.cells
        if is_checks(cell)
    }


def is_checks(cell: NotebookNode) -> bool:
    """Whether a cell is graded by checks: graded, and not itself the answer."""
    nbgrader = cell.metadata.get("nbgrader", {})
    return bool(nbgrader.get("grade")) and not nbgrader.get("solution")


def cell_name(cell: NotebookNode, index: int) -> str:
    """A cell's grade_id, or its place for people: "cell 7"."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell {index + 1}")


def names_in_order(source: NotebookNode) -> Sequence[str]:
    """The grade_ids of a notebook in its order."""
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in source.cells]
    return [name for name in ids if name]


def cell_ids(source: NotebookNode) -> dict[str, str]:
    """Which cell id of the release names which known cell; ids survive the release step."""
    pairs = [(c.get("id"), c.metadata.get("nbgrader", {}).get("grade_id")) for c in source.cells]
    return {cell_id: name for cell_id, name in pairs if cell_id and name}
