"""Makes the sample course and hands its submissions in; grading it is `classroom`'s work."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.course.cells import source_points
from autograder.course.course import Course, open_course
from autograder.demo.students import Story, hand_in, stories
from autograder.diagnosis.answers import mistakes, variants
from autograder.errors import KitError
from autograder.files import remove_tree
from autograder.hand_in.cells import grade_id, is_answer
from autograder.handout.release import build
from autograder.settings.load import load

FOLDER = "demo-class"
ASSIGNMENTS = ("1-tensors", "4-training")
# Shorter limits than a real course's: the sample class has somebody who never returns.
_SETTINGS = """

# The sample class: short limits, so that its endless loop does not take long.
c.Limits.cell_s = 60.0
c.Limits.call_s = 4.0
c.MnistData.root = {root!r}
c.MnistData.also_look_in = {also!r}
c.MnistData.download = False
"""


@dataclass(frozen=True, kw_only=True)
class SampleClass:
    """A course of its own, with everything handed in."""

    course: Course
    stories: dict[str, list[Story]]


def make_class(course: Course, assignments: Sequence[str] = ASSIGNMENTS) -> SampleClass:
    """A fresh sample course below `course`: built, and its class's submissions handed in.

    The real course's gradebook and submissions are not touched.
    """
    folder = course.root / FOLDER
    _fresh(folder)
    for name in ("solutions", "tests/hidden"):
        shutil.copytree(
            course.root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(course.root / "nbgrader_config.py", folder)
    mnist = course.settings.mnist
    text = (course.root / "course_config.py").read_text(encoding="utf-8") + _SETTINGS.format(
        root=str(course.settings.path(mnist.root)),
        also=[str(course.settings.path(path)) for path in mnist.also_look_in],
    )
    (folder / "course_config.py").write_text(text, encoding="utf-8")
    sample = open_course(load(folder))
    told = {name: _hand_in_all(sample, name) for name in assignments}
    return SampleClass(course=sample, stories=told)


def _fresh(folder: Path) -> None:
    if folder.exists():
        if not (folder / "course_config.py").is_file():
            raise KitError(
                f"{folder} is there and is not a sample class.",
                "Move it away, then run the demo again.",
            )
        remove_tree(folder)
    folder.mkdir()


def _hand_in_all(course: Course, assignment: str) -> list[Story]:
    release = build(course, assignment)
    released = nbformat.read(release / f"{assignment}.ipynb", as_version=4)
    source = course.source_notebook(assignment)
    answers = {grade_id(c): _answer(c) for c in source.cells if is_answer(c)}
    checks = course.checks_folder(assignment)
    exercises = [name for name in source_points(source) if name in answers]
    told = stories(exercises, mistakes(checks), variants(checks))
    for story in told:
        folder = course.folder("submitted", story.student, assignment)
        hand_in(story, released, answers, folder / f"{assignment}.ipynb")
    return told


def _answer(cell: nbformat.NotebookNode) -> str:
    """A reference answer as a student would write it: without nbgrader's marks."""
    lines = cell.source.splitlines()
    return "\n".join(line for line in lines if "SOLUTION" not in line)
