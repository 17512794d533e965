"""Jobs done by a judge that is ready; what comes of each is data too."""

from __future__ import annotations

import dataclasses
from typing import Any

import nbformat

from autograder.course.cells import judged_cells
from autograder.course.exercises import require_each_checked
from autograder.diagnosis.library import Known, to_plain
from autograder.diagnosis.trying import each
from autograder.judge.reference import require_full_marks
from autograder.marking.bench import Bench
from autograder.marking.diagnosing import diagnosed
from autograder.marking.jobs import DiagnoseAgain, Job, Mark, TryMistakes, TryReference
from autograder.marking.mark import mark
from autograder.marking.marked import Marked
from autograder.marking.report import put_report
from autograder.results import from_json


def do(job: Job, bench: Bench, known: Known) -> dict[str, Any]:
    """What a job gives, as data that JSON can hold; raises what the job says it raises."""
    match job:
        case Mark():
            kept = from_json(job.before) if job.again is not None else None
            return mark(job.handed_in, bench, known, job.again, kept).to_plain()
        case TryReference():
            return _trail(bench)
        case TryMistakes():
            tried = each(bench.judge, bench.packed.cells, job.answers)
            return {one.answer.name: to_plain(one.result) for one in tried}
        case DiagnoseAgain():
            return _diagnosed_again(Marked.from_plain(job.marked), bench, known).to_plain()


def _trail(bench: Bench) -> dict[str, Any]:
    packed = bench.packed
    require_each_checked(packed.assignment, packed.points, bench.judge.checks.collect())
    require_full_marks(bench.judge, packed.cells)
    return bench.judge.trail.to_json()


def _diagnosed_again(old: Marked, bench: Bench, known: Known) -> Marked:
    notebook = nbformat.reads(old.notebook, as_version=4)
    cells = list(judged_cells(notebook).values())
    report, missing = diagnosed(old.report, cells, known)
    put_report(notebook, report, bench.packed.audience)
    text = nbformat.writes(notebook) + "\n"
    return dataclasses.replace(old, report=report, notebook=text, hints_missing=missing)
