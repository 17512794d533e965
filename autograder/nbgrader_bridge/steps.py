"""The steps that `course_config.py` puts into nbgrader's Autograde, in their order.

`Normalize` comes first in the sanitizing pass; `SandboxedExecute` (in the place of nbgrader's
Execute), `JudgeReport` and `SaveGrades` (in the place of SaveAutoGrades) follow, `HideGuard` last.
None of them obeys a switch: `enabled = False` or --no-execute would mean full marks for all.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config import Config

from autograder.course.cells import (
    GUARD_BEGIN,
    GUARD_END,
    cell_ids,
    exercise_of,
    is_checks,
    judged_cells,
    names_in_order,
)
from autograder.course.course import Course, open_course
from autograder.course.judging import course_facts, judge_assignment, judge_limits, kernel_plan
from autograder.errors import SettingsProblem
from autograder.feedback.block import Audience, exercise_html
from autograder.judge.grade import Judge
from autograder.judge.records import Verdict
from autograder.kernel.session import CellRun, CellStatus
from autograder.nbgrader_bridge import intake
from autograder.nbgrader_bridge.diagnosing import diagnosed
from autograder.nbgrader_bridge.exchange import exchange_files
from autograder.nbgrader_bridge.gradebook import (
    exercise_points,
    known_cells,
    save_grades,
)
from autograder.nbgrader_bridge.normalize import KnownCell, normalized
from autograder.nbgrader_bridge.readiness import make_ready
from autograder.results import (
    CheckId,
    CheckResult,
    ExerciseResult,
    Outcome,
    Reader,
    Report,
    Sentence,
    write,
)
from autograder.settings.load import from_config

CHECKS_FILE = "checks.json"
Resources = dict[str, Any]
Result = tuple[NotebookNode, Resources]


class _AlwaysOn(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """A step that runs whatever `enabled` says: this one cannot be switched off by settings."""

    def __call__(self, nb: NotebookNode, resources: Resources) -> Result:
        """Called by nbconvert's exporter."""
        return self.preprocess(nb, resources)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        raise NotImplementedError

    @property
    def course(self) -> Course:
        """The course of the run, from the configuration that nbgrader handed down."""
        return course_of(self.config, getattr(getattr(self, "parent", None), "parent", None))


def course_of(config: Config, converter: Any = None) -> Course:
    """The course that a configuration belongs to; `converter` knows its root and folders."""
    directory = getattr(converter, "coursedir", None)
    root = Path(directory.root) if directory is not None else Path.cwd()
    course = open_course(from_config(config, root))
    return course if directory is None else Course(settings=course.settings, directory=directory)


_Names = tuple[Sequence[str], dict[str, str]]


@functools.lru_cache(maxsize=16)
def _names_of(source: Path, _changed_ns: int) -> _Names:
    """The known cells of a source notebook: their names in its order, and names by cell id."""
    notebook = nbformat.read(source, as_version=4)
    return names_in_order(notebook), cell_ids(notebook)


def _names(course: Course, assignment: str) -> _Names:
    source = course.source_path(assignment)
    return _names_of(source, source.stat().st_mtime_ns)


# What Normalize has read of the gradebook, until SandboxedExecute asks for it in the second pass.
_just_read: dict[tuple[str, ...], list[KnownCell]] = {}


def _known(course: Course, resources: Resources) -> list[KnownCell]:
    where = resources["nbgrader"]
    order, _ids = _names(course, where["assignment"])
    return known_cells(where["db_url"], where["assignment"], where["notebook"], order)


def _pass_of(resources: Resources) -> tuple[str, ...]:
    where = resources["nbgrader"]
    return tuple(str(where[name]) for name in ("db_url", "assignment", "student", "notebook"))


class Normalize(_AlwaysOn):
    """The first step of all: the student's cells with the gradebook's metadata."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        course, where = self.course, resources["nbgrader"]
        _keep_expected_files(course, where["student"], where["assignment"])
        cells = intake.rebuilt(nb).cells
        known = _known(course, resources)
        _just_read.clear()
        _just_read[_pass_of(resources)] = known
        clean = normalized(cells, known, _names(course, where["assignment"])[1])
        note = resources.get("autograder_note", "")
        if note:
            clean.metadata["autograder_note"] = note
        return clean, resources


def _keep_expected_files(course: Course, student: str, assignment: str) -> None:
    """Leaves what the assignment itself has, and what nbgrader's exchange keeps of a submission.

    Where the settings name another exporter than ours, stock nbgrader has copied what lies beside
    the notebook. It follows links, so a file there may be the gradebook under another name.
    """
    folder = course.folder("autograded", student, assignment)
    released = course.folder("source", ".", assignment)
    expected = {p.relative_to(released) for p in released.rglob("*") if p.is_file()}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder) not in expected:
            path.unlink(missing_ok=True)
    handed_in = course.folder("submitted", student, assignment)
    for name, content in exchange_files(handed_in).items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


class SandboxedExecute(_AlwaysOn):
    """In the place of nbgrader's Execute: the judge runs the notebook and its checks."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        _refuse_switches(self.config)
        verdict, cells = _judged(self.course, nb, resources)
        for index, run in verdict.runs.items():
            _put_outputs(nb.cells[cells[index]], run)
        resources["autograder_report"] = _with_note(verdict.report, nb)
        return nb, resources


def _refuse_switches(config: Config) -> None:
    for section in ("Execute", "ExecutePreprocessor", "SandboxedExecute"):
        if config[section].get("enabled", True) is False:
            raise SettingsProblem(
                "course_config.py",
                f"{section}.enabled is False (or --no-execute was given).",
                "Without running a notebook nothing can be graded: leave it out.",
            )


def _judged(course: Course, nb: NotebookNode, resources: Resources) -> tuple[Verdict, list[int]]:
    """The verdict, and which cell of the notebook each judged cell is."""
    known = _just_read.pop(_pass_of(resources), None) or _known(course, resources)
    judge = judge_for(course, resources["nbgrader"]["assignment"], exercise_points(known))
    note = nb.metadata.get("autograder_note", "")
    if note and not any(_is_students(cell) for cell in nb.cells):
        return judge.refuse(f"Not run: {note}"), []
    cells = judged_cells(nb)
    verdict = judge.grade(list(cells.values()))
    report = diagnosed(course, judge, verdict.report, list(cells.values()))
    return dataclasses.replace(verdict, report=report), list(cells)


def _is_students(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and not _is_locked(cell)


_judges: dict[tuple[Any, ...], Judge] = {}


def judge_for(course: Course, assignment: str, max_points: dict[str, float]) -> Judge:
    """The judge of an assignment, made again when its source, checks or the settings change.

    Raises ChecksBroken where a check does not give the reference solution full marks.
    """
    made_from = course.source_path(assignment)
    limits, plan = judge_limits(course), kernel_plan(course)
    # Formgrader reads the settings again on each request, in one process.
    settings = (limits, repr(plan), course_facts(course))
    checks = tuple(
        (path.name, path.stat().st_mtime_ns)
        for path in sorted(course.checks_folder(assignment).glob("*.py"))
    )
    key = (
        made_from,
        made_from.stat().st_mtime_ns,
        tuple(sorted(max_points.items())),
        checks,
        settings,
    )
    if key not in _judges:
        _judges.clear()
        judged = judge_assignment(course, assignment, max_points)
        judge = Judge(judged, plan, limits)
        make_ready(course, judge)
        _judges[key] = judge
    return _judges[key]


def _put_outputs(cell: NotebookNode, run: CellRun) -> None:
    cell.outputs = list(run.outputs)
    cell.execution_count = run.execution_count
    if run.status in (CellStatus.TIMEOUT, CellStatus.DIED):
        why = (
            "was stopped: it ran too long"
            if run.status is CellStatus.TIMEOUT
            else "ended the kernel"
        )
        cell.outputs.append(new_output("stream", name="stderr", text=f"[this cell {why}]\n"))


def _with_note(report: Report, nb: NotebookNode) -> Report:
    note = nb.metadata.pop("autograder_note", "")
    if not note:
        return report
    notes = (Sentence(text=note), *report.notes)
    return Report(
        assignment=report.assignment,
        exercises=report.exercises,
        notes=notes,
        wall_s=report.wall_s,
    )


class JudgeReport(_AlwaysOn):
    """Puts the judge's report in the place of graded cells' outputs, and writes checks.json."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        report: Report = resources["autograder_report"]
        course, where = self.course, resources["nbgrader"]
        put_report(nb, report, course)
        said = [note.text for note in report.notes if Reader.STUDENT.may_read(note)]
        if said:
            nb.cells.insert(0, _notes_cell(said))
        folder = course.folder("autograded", where["student"], where["assignment"])
        write(report, folder / CHECKS_FILE)
        return nb, resources


def put_report(nb: NotebookNode, report: Report, course: Course) -> None:
    """Puts the judge's report in the place of graded cells' outputs."""
    audience = Audience(show_hints=course.settings.feedback.show_hints)
    results = {result.exercise: result for result in report.exercises}
    for cell in nb.cells:
        if is_checks(cell):
            exercise = exercise_of(cell.metadata.nbgrader.grade_id)
            result = results.get(exercise) or _unheard_of(cell, exercise)
            cell.outputs = [_score_output(result, audience)]
            cell.execution_count = None


def _score_output(result: ExerciseResult, audience: Audience) -> NotebookNode:
    # nbgrader takes the first execute_result whose text is a finite number in 0…max; anything
    # else there means full marks or a submission that fails.
    score = result.points if math.isfinite(result.points) else 0.0
    score = min(max(score, 0.0), result.max_points)
    data = {"text/plain": repr(float(score)), "text/html": exercise_html(result, audience)}
    # Not new_output, which validates it: the exporter validates the whole notebook.
    return NotebookNode(
        output_type="execute_result", data=NotebookNode(data), metadata={}, execution_count=None
    )


def _unheard_of(cell: NotebookNode, exercise: str) -> ExerciseResult:
    nothing = CheckResult(
        check=CheckId(exercise=exercise, name="test_nothing"),
        outcome=Outcome.NOT_RUN,
        sentences=(Sentence(text="This exercise has no check: tell your instructor."),),
    )
    points = float(cell.metadata.nbgrader.points)
    return ExerciseResult(exercise=exercise, max_points=points, checks=(nothing,))


def _notes_cell(said: Sequence[str]) -> NotebookNode:
    # An indented block: Markdown shows it as it is, whatever a cell's name holds.
    lines = "\n".join(f"    {line}" for line in said)
    cell = new_markdown_cell(f"**Notes of the autograder**\n\n{lines}")
    cell["id"] = "autograder-notes"
    return cell


class SaveGrades(_AlwaysOn):
    """In the place of nbgrader's SaveAutoGrades, which writes cell by cell.

    Points of earlier runs that are no longer earned go in the same transaction, so a run that is
    killed leaves the old grades or the new ones.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        where = resources["nbgrader"]
        waiting = set(resources["autograder_report"].undecided)
        scores: dict[str, float | None] = {}
        unanswered: dict[str, bool] = {}
        for cell in nb.cells:
            if utils.is_grade(cell):
                name = cell.metadata.nbgrader.grade_id
                # Without a score the cell is "needs manual grade" in Formgrader.
                waits = is_checks(cell) and exercise_of(name) in waiting
                scores[name] = None if waits else utils.determine_grade(cell, self.log)[0]
            if utils.is_solution(cell) or utils.is_task(cell):
                unanswered[cell.metadata.nbgrader.grade_id] = _is_as_released(cell)
        save_grades(
            where["db_url"],
            where["assignment"],
            where["notebook"],
            where["student"],
            scores,
            unanswered,
            _answers(nb, scores),
        )
        return nb, resources


def _answers(nb: NotebookNode, scores: Mapping[str, float | None]) -> dict[str, str]:
    """What tells, by grade_id, whether an answer is the one that a person has graded.

    For a cell graded by hand that is the cell; for one graded by checks all code, and its score.
    """
    code = [c.source for c in nb.cells if c.cell_type == "code" and not _is_locked(c)]
    graded = {c.metadata.nbgrader.grade_id: c for c in nb.cells if utils.is_grade(c)}
    return {
        name: _digest([scores[name], *code] if is_checks(cell) else [cell.cell_type, cell.source])
        for name, cell in graded.items()
    }


def _digest(parts: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _is_locked(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("locked"))


def _is_as_released(cell: NotebookNode) -> bool:
    """A task's own text is not the answer to it."""
    as_released = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
    return as_released and not utils.is_task(cell)


class HideGuard(_AlwaysOn):
    """The last step: takes the guard's lines out of graded cells, which only confuse a reader."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> Result:
        for cell in nb.cells:
            if is_checks(cell) and GUARD_BEGIN in cell.source:
                head, _, rest = cell.source.partition(GUARD_BEGIN)
                _, _, tail = rest.partition(GUARD_END)
                cell.source = (head + tail).rstrip()
        return nb, resources
