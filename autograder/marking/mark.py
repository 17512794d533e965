"""`mark`: one submission in, one result out. It reads and writes no file of the course."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import LimitOutput

from autograder.course.cells import judged_cells
from autograder.course.handed_in import HandedIn
from autograder.diagnosis.library import Known
from autograder.hand_in.candidates import receive
from autograder.hand_in.cells import exercise_of, grade_id, is_checks, is_locked, of_nbgrader
from autograder.hand_in.normalize import normalized
from autograder.hand_in.written import written_elsewhere
from autograder.marking.bench import Bench
from autograder.marking.diagnosing import diagnosed
from autograder.marking.judging import judged, own_files_of, with_kept
from autograder.marking.marked import Marked
from autograder.marking.report import hide_guards, put_outputs, put_report
from autograder.results import Reader, Report, Sentence


def mark(
    handed_in: HandedIn,
    bench: Bench,
    known: Known,
    again: frozenset[str] | None = None,
    before: Report | None = None,
) -> Marked:
    """The graded notebook and the report of a submission, whatever state it is in. With `again`
    only these exercises are asked; the others are as in the report `before`.

    Raises NotGraded, KernelUnavailable and the like for what the kit could not do; nothing that
    the student did raises. `known` are mistakes that were tried: they give hints.
    """
    packed = bench.packed
    received = receive(handed_in, packed.assignment, packed.known, packed.ids)
    notebook = normalized(received.notebook.cells, packed.known, packed.ids)
    elsewhere = written_elsewhere(notebook, packed.known, packed.text)
    cells = judged_cells(notebook)
    files, notes = own_files_of(handed_in, received, packed)
    for name in elsewhere:
        text = f"{name}: its own cell is as released, and the answer stands in a cell beside it."
        notes.append(Sentence(text=text, reader=Reader.TA))
    verdict = judged(bench, list(cells.values()), received, files, notes, again)
    if before is not None and again is not None and not received.waits:
        verdict = with_kept(verdict, before, again)
    for index, run in verdict.runs.items():
        put_outputs(notebook.cells[list(cells)[index]], run)
    report, missing = diagnosed(verdict.report, list(cells.values()), known)
    notebook = _limited(notebook, packed.output)
    put_report(notebook, report, packed.audience)
    scores = _scores(notebook, report.undecided)
    # Of what waits for a person as a whole nothing is known: also not that it holds no answer.
    open_ = scores if received.waits else elsewhere
    scores |= dict.fromkeys(open_)
    unanswered = {
        grade_id(cell): _is_as_released(cell) and grade_id(cell) not in open_
        for cell in notebook.cells
        if utils.is_solution(cell) or utils.is_task(cell)
    }
    answers = _answers(notebook, scores, elsewhere, files)
    hide_guards(notebook)
    return Marked(
        report=report,
        notebook=nbformat.writes(notebook) + "\n",
        file=received.file,
        code=received.code,
        scores=scores,
        unanswered=unanswered,
        answers=answers,
        hints_missing=missing,
        visible=received.visible,
    )


def _limited(notebook: NotebookNode, limits: Mapping[str, int]) -> NotebookNode:
    """With outputs as long as `c.LimitOutput` allows."""
    return LimitOutput(**limits).preprocess(notebook, {})[0]


def _scores(notebook: NotebookNode, undecided: Sequence[str]) -> dict[str, float | None]:
    """The points of each graded cell; None where a person has to give them."""
    scores: dict[str, float | None] = {}
    for cell in notebook.cells:
        if utils.is_grade(cell):
            name = grade_id(cell)
            # Without a score the cell is "needs manual grade" in Formgrader.
            waits = is_checks(cell) and exercise_of(name) in undecided
            scores[name] = None if waits else utils.determine_grade(cell)[0]
    return scores


def _answers(
    notebook: NotebookNode,
    scores: Mapping[str, float | None],
    elsewhere: Mapping[str, Sequence[str]],
    files: Mapping[str, bytes],
) -> dict[str, str]:
    """What tells, by grade_id, whether an answer is the one that a person has graded.

    For a cell graded by hand that is the cell, with its pictures and what stands beside it; for one
    graded by checks all code, that beside the notebook too, and its score.
    """
    code = [c.source for c in notebook.cells if c.cell_type == "code" and not is_locked(c)]
    code += [hashlib.sha256(content).hexdigest() for content in files.values()]
    found = {}
    for cell in notebook.cells:
        name = grade_id(cell)
        if utils.is_grade(cell) and is_checks(cell):
            found[name] = _digest([scores[name], *code])
        elif utils.is_grade(cell):
            beside = [*cell.get("attachments", {}).values(), *elsewhere.get(name, ())]
            found[name] = _digest([cell.cell_type, cell.source, *beside])
    return found


def _digest(parts: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _is_as_released(cell: NotebookNode) -> bool:
    """A task's own text is not the answer to it."""
    as_released = of_nbgrader(cell).get("checksum") == utils.compute_checksum(cell)
    return as_released and not utils.is_task(cell)
