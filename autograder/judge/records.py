"""What the judge is handed and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.checks.facts import CourseFacts, HiddenDigits
from autograder.results import Report

if TYPE_CHECKING:
    from autograder.kernel.session import CellRun


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A code cell of a submission. `name` is its grade_id, or its place as in "cell 7".

    `checked` are the exercises whose visible checks stand behind it: they are asked with the names
    as they are then.
    """

    name: str
    source: str
    checked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeLimits:
    """In seconds of wall time, kept from outside the student's process."""

    cell_s: float
    call_s: float
    submission_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Assignment:
    """An assignment as the judge needs it; every secret of it stays in this process.

    `max_points` maps each exercise to its points; `reference` holds the solution's cells as
    (name, source); `env` is the environment that the reference cells see, `hidden_digits` loads
    the images and labels that no kernel ever sees, `public_digits` those that students have at
    home; `files_folder` holds the assignment's own files, which the reference reads by their path
    there.
    """

    name: str
    checks_folder: Path
    reference: tuple[tuple[str, str], ...]
    max_points: Mapping[str, float]
    seed: bytes
    hidden_digits: Callable[[], HiddenDigits]
    public_digits: Callable[[], HiddenDigits]
    course: CourseFacts = field(default_factory=CourseFacts)
    env: Mapping[str, str] = field(default_factory=dict)
    files_folder: Path | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """A submission judged: the report, and how each cell ran, by its index among the cells."""

    report: Report
    runs: Mapping[int, CellRun]
