"""What a worker is asked to do with a packed assignment, each as data; results are data too."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.course.cells import judged_cells
from autograder.course.handed_in import HandedIn
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.library import Known, to_plain
from autograder.diagnosis.trying import each
from autograder.judge.reference import require_full_marks
from autograder.marking.bench import Bench
from autograder.marking.diagnosing import diagnosed
from autograder.marking.mark import mark
from autograder.marking.marked import Marked
from autograder.marking.report import put_report


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """One submission marked: a `Marked` as plain data."""

    handed_in: HandedIn

    def do(self, bench: Bench, known: Known) -> dict[str, Any]:
        return mark(self.handed_in, bench, known).to_plain()


@dataclass(frozen=True, kw_only=True, slots=True)
class TryReference:
    """The reference as the first student: the trail that it leaves.

    Raises ChecksBroken where a check does not give it full marks.
    """

    def do(self, bench: Bench, _known: Known) -> dict[str, Any]:
        require_full_marks(bench.judge, bench.packed.cells)
        return bench.judge.trail.to_json()


@dataclass(frozen=True, kw_only=True, slots=True)
class TryMistakes:
    """Known mistakes of an exercise, tried: their fingerprints, by name."""

    answers: tuple[Answer, ...]

    def do(self, bench: Bench, _known: Known) -> dict[str, Any]:
        tried = each(bench.judge, bench.packed.cells, self.answers)
        return {one.answer.name: to_plain(one.result) for one in tried}


@dataclass(frozen=True, kw_only=True, slots=True)
class DiagnoseAgain:
    """A marked submission with the hints of what is known now. No code of a student runs."""

    marked: Mapping[str, Any]

    def do(self, bench: Bench, known: Known) -> dict[str, Any]:
        old = Marked.from_plain(self.marked)
        notebook = nbformat.reads(old.notebook, as_version=4)
        cells = list(judged_cells(notebook).values())
        report, missing = diagnosed(old.report, cells, known)
        put_report(notebook, report, bench.packed.audience)
        text = nbformat.writes(notebook) + "\n"
        new = dataclasses.replace(old, report=report, notebook=text, hints_missing=missing)
        return new.to_plain()


Job = Mark | TryReference | TryMistakes | DiagnoseAgain
