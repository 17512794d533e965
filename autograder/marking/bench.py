"""A packed assignment unpacked in one process: a judge that is ready, and what it judges by."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import new_notebook

from autograder.checks.facts import HiddenDigits
from autograder.course.course import Course
from autograder.course.own_files import own_files
from autograder.course.packed import Packed, kernel_env, kernel_plan, pack, shown_digits
from autograder.files import make_temporary, write_files
from autograder.judge.grade import Judge
from autograder.judge.records import Assignment
from autograder.kernel.session import look_up_provisioners
from autograder.mnist import load_tensors


class Bench:
    """The judge of a packed assignment. Its checks lie in a folder of this process's own.

    Raises ChecksBroken where the reference fails or the checks cannot be collected.
    """

    def __init__(self, packed: Packed, shown: Path) -> None:
        self.packed = packed
        self._folder, self._lock = make_temporary()
        try:
            checks = self._folder / packed.assignment
            write_files(checks, packed.checks)
            home = self._folder / "files"
            home.mkdir()
            write_files(home, packed.files)
            judged = judge_assignment(packed, checks, shown, home if packed.files else None)
            files = {name: home / name for name in packed.files}
            plan = kernel_plan(packed.kernel, kernel_env(shown), files)
            self.judge = Judge(judged, plan, packed.limits)
            self.take(packed)
            # Here once, and not in each process that is forked for a submission.
            self.judge.checks.collect()
            compile_schema_of_notebooks()
            look_up_provisioners()
            for name, load in (
                (b"hidden_digits", judged.hidden_digits),
                (b"public_digits", judged.public_digits),
            ):
                if any(name in content for content in packed.checks.values()):
                    load()
        except BaseException:
            self.close()
            raise

    def take(self, packed: Packed) -> None:
        """Goes on with the same assignment, of which more is known by now."""
        self.packed = packed
        if packed.trail is not None:
            self.judge.follow(packed.trail)

    def close(self) -> None:
        """Removes its folder."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.close()


def compile_schema_of_notebooks() -> None:
    """Has nbformat make what it validates notebooks with, which takes 0.1 s and is then kept."""
    nbformat.validate(new_notebook())


def judge_assignment(
    packed: Packed, checks_folder: Path, shown: Path, files_folder: Path | None
) -> Assignment:
    """The assignment as the judge needs it: its checks in a folder, the digits at `shown`, its own
    files, if it has any, in another folder.
    """
    return Assignment(
        name=packed.assignment,
        checks_folder=checks_folder,
        reference=tuple((c.name, c.source) for c in packed.cells if c.name not in packed.left_out),
        max_points=packed.points,
        seed=packed.seed,
        hidden_digits=functools.cache(packed.hidden.changed),
        public_digits=functools.cache(functools.partial(_public_digits, shown, packed.at_home)),
        course=packed.facts,
        env=kernel_env(shown),
        files_folder=files_folder,
    )


def _public_digits(shown: Path, count: int) -> HiddenDigits:
    """The first test digits, which are in grading as they are at home."""
    _train, test = load_tensors(shown, train_samples=1, test_samples=count)
    images, labels = test.tensors
    return images, labels


def judge_in_place(course: Course, assignment: str) -> Judge:
    """A judge by the checks as they lie in the course, for who works on these."""
    packed = pack(course, assignment)
    _key, shown = shown_digits(course)
    files = own_files(course, assignment)
    folder = course.folder("source", ".", assignment) if files else None
    judged = judge_assignment(packed, course.checks_folder(assignment), shown, folder)
    return Judge(judged, kernel_plan(packed.kernel, kernel_env(shown), files), packed.limits)
