"""The judge's report in the graded notebook: in the place of what graded cells put out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from autograder.course.cells import GUARD_BEGIN, without_guard
from autograder.feedback.block import Audience, exercise_html
from autograder.hand_in.cells import exercise_checked_by, is_checks, of_nbgrader
from autograder.kernel.session import CellRun, CellStatus
from autograder.results import (
    CheckId,
    CheckResult,
    ExerciseResult,
    Outcome,
    Reader,
    Report,
    Sentence,
)

_NOTES_ID = "autograder-notes"


def put_outputs(cell: NotebookNode, run: CellRun) -> None:
    """What running a cell left, in the notebook."""
    cell.outputs = list(run.outputs)
    cell.execution_count = run.execution_count
    if run.status in (CellStatus.TIMEOUT, CellStatus.DIED):
        why = (
            "was stopped: it ran too long"
            if run.status is CellStatus.TIMEOUT
            else "ended the kernel"
        )
        cell.outputs.append(new_output("stream", name="stderr", text=f"[this cell {why}]\n"))


def put_report(notebook: NotebookNode, report: Report, audience: Audience) -> None:
    """Puts the judge's report in the place of graded cells' outputs, and its notes above all."""
    results = {result.exercise: result for result in report.exercises}
    for cell in notebook.cells:
        if is_checks(cell):
            exercise = exercise_checked_by(cell)
            result = results.get(exercise) or _unheard_of(cell, exercise)
            cell.outputs = [_score_output(result, audience)]
            cell.execution_count = None
    said = [note.text for note in report.notes if Reader.STUDENT.may_read(note)]
    notebook.cells = [cell for cell in notebook.cells if not is_notes(cell)]
    if said:
        notebook.cells.insert(0, _notes_cell(said))


def _score_output(result: ExerciseResult, audience: Audience) -> NotebookNode:
    # nbgrader takes the first execute_result whose text is a finite number in 0…max; anything
    # else there means full marks or a submission that fails.
    score = result.points if math.isfinite(result.points) else 0.0
    score = min(max(score, 0.0), result.max_points)
    data = {"text/plain": repr(float(score)), "text/html": exercise_html(result, audience)}
    # Not new_output, which validates it: a whole notebook is validated when it is written.
    return NotebookNode(
        output_type="execute_result", data=NotebookNode(data), metadata={}, execution_count=None
    )


def _unheard_of(cell: NotebookNode, exercise: str) -> ExerciseResult:
    nothing = CheckResult(
        check=CheckId(exercise=exercise, name="test_nothing"),
        outcome=Outcome.NOT_RUN,
        sentences=(Sentence(text="This exercise has no check: tell your instructor."),),
    )
    points = float(of_nbgrader(cell)["points"])
    return ExerciseResult(exercise=exercise, max_points=points, checks=(nothing,))


def is_notes(cell: NotebookNode) -> bool:
    """Whether a cell of a graded notebook holds the autograder's notes."""
    return cell.get("id") == _NOTES_ID


def _notes_cell(said: Sequence[str]) -> NotebookNode:
    # An indented block: Markdown shows it as it is, whatever a cell's name holds.
    lines = "\n".join(f"    {line}" for line in said)
    cell = new_markdown_cell(f"**Notes of the autograder**\n\n{lines}")
    cell["id"] = _NOTES_ID
    return cell


def hide_guards(notebook: NotebookNode) -> None:
    """Takes the guard's lines out of graded cells, which only confuse a reader."""
    for cell in notebook.cells:
        if is_checks(cell) and GUARD_BEGIN in cell.source:
            cell.source = without_guard(cell.source)
