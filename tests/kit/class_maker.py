"""A class that was graded, as the writer would have left it, without running anything.

Who gets what is drawn from a seed: each student has an ability, each exercise a difficulty, and
wrong answers behave like the mistakes that lie beside the checks. Gradebook and record are real.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from autograder.course.course import Course
from autograder.hand_in.cells import exercise_points
from autograder.marking.marked import Marked
from autograder.nbgrader_bridge.gradebook import Scores, known_cells, opened, save_results
from autograder.nbgrader_bridge.record import Entry, Record
from autograder.results import (
    CellResult,
    CheckId,
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Observed,
    Outcome,
    Reader,
    Report,
    Sentence,
)

DUE = datetime(2026, 11, 10, 12)
SECRET_VALUE = "expected 4.0625, which nobody may see"
_A_CHECK = re.compile(r'@check\("(\w+)"[^)]*\)\ndef (test_\w+)')
_BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One student's results, before they are written."""

    student: str
    marked: Marked
    handed_in: datetime | None


@cache
def checks_of(folder: Path) -> Mapping[str, Sequence[str]]:
    """The names of the hidden checks of each exercise, read off their files."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("test_*.py")):
        for exercise, name in _A_CHECK.findall(path.read_text(encoding="utf-8")):
            found.setdefault(exercise, []).append(name)
    return found


def mistakes_of(folder: Path, exercise: str) -> list[str]:
    paths = sorted((folder / "mistakes" / exercise).glob("*.py"))
    return [f"{exercise}/{path.stem}" for path in paths] or [f"{exercise}/off_by_one"]


def graded_class(course: Course, assignment: str, names: Sequence[str], *, seed: int = 1) -> None:
    """Records a graded hand-in of an assignment, which is built, for each of these students."""
    cells = known_cells(course.db_url, assignment, assignment)
    worth = exercise_points(cells)
    by_hand = [cell.name for cell in cells if cell.grade and cell.solution]
    with opened(course.db_url) as gradebook:
        gradebook.update_or_create_assignment(assignment, duedate=DUE)
    path = course.root / "assignments" / assignment / f"{assignment}.ipynb"
    released = json.loads(path.read_text(encoding="utf-8"))
    drawn = [_drawn(course, assignment, name, worth, released, seed) for name in names]
    write_results(course, assignment, [_waiting(one, by_hand) for one in drawn])


def _waiting(one: Drawn, by_hand: Sequence[str]) -> Drawn:
    """With answers that nobody has read yet."""
    scores = {**one.marked.scores, **dict.fromkeys(by_hand)}
    return replace(one, marked=replace(one.marked, scores=scores))


def write_results(course: Course, assignment: str, drawn: Sequence[Drawn]) -> None:
    """Writes results as the one writer does: gradebook first, record last."""
    for start in range(0, len(drawn), _BATCH):
        batch = drawn[start : start + _BATCH]
        save_results(course.db_url, assignment, [_scores(one) for one in batch])
    record = Record(course, assignment)
    for one in drawn:
        course.folder("submitted", one.student, assignment).mkdir(parents=True, exist_ok=True)
        record.put(one.student, entry(one.student, one.marked), one.marked)


def entry(student: str, marked: Marked) -> Entry:
    return Entry(
        graded="2026-11-11T08:00:00+00:00",
        by="tests",
        content=student,
        packed="",
        number=1,
        versions={},
        shown="",
        points=marked.report.points,
        max_points=marked.report.max_points,
    )


def _scores(one: Drawn) -> Scores:
    marked = one.marked
    return Scores(
        student=one.student,
        scores=marked.scores,
        unanswered=marked.unanswered,
        answers={},
        handed_in=one.handed_in,
    )


def _drawn(
    course: Course,
    assignment: str,
    student: str,
    worth: Mapping[str, float],
    released: Mapping[str, Any],
    seed: int,
) -> Drawn:
    ability = random.Random(f"{seed} {student}").gauss(0, 1)
    rng = random.Random(f"{seed} {student} {assignment}")
    checks = course.checks_folder(assignment)
    results, codes = [], {}
    for name in checks_of(checks):
        hardness = random.Random(f"{assignment} {name}").gauss(-1.5, 1)
        wrong = rng.gauss(ability, 1) < hardness
        known = mistakes_of(checks, name)
        results.append(exercise_result(rng, checks, name, worth[name], known, wrong=wrong))
        diagnosis = results[-1].diagnosis
        words = f"answers like {diagnosis.mistakes[0]}" if diagnosis else "is right"
        codes[name] = f"def {name}(*args):\n    # {student} {words}\n    return args"
    report = Report(
        assignment=assignment,
        exercises=tuple(results),
        cells=(CellResult(name="setup", status="ok"),),
    )
    hours = rng.choice([-40, -20, -5, -1, 0.5, 9, 30])
    return Drawn(
        student=student,
        marked=marked_of(report, released, codes, rng),
        handed_in=(DUE + timedelta(hours=hours)).replace(tzinfo=UTC),
    )


def exercise_result(
    rng: random.Random, checks: Path, name: str, worth: float, known: Sequence[str], *, wrong: bool
) -> ExerciseResult:
    """What the checks found of an answer: half of them lost where it is wrong."""
    named = wrong and rng.random() < 0.7
    which = min(int(rng.expovariate(1.2)), len(known) - 1)
    diagnosis = Diagnosis(mistakes=(known[which],), hint="Look again.") if named else None
    kind = f"a tensor, mistake {which if named else rng.randrange(3)}"
    found = tuple(
        check_result(name, check, kind=kind, lost=wrong and (not place or rng.random() < 0.5))
        for place, check in enumerate(checks_of(checks)[name])
    )
    if name == "model":
        found = (replace(found[0], kept={"confusion": confusion(rng, wrong)}), *found[1:])
    return ExerciseResult(exercise=name, max_points=worth, checks=found, diagnosis=diagnosis)


def check_result(exercise: str, check: str, *, kind: str, lost: bool) -> CheckResult:
    told = (
        Sentence(text=f"{exercise}(matrix) has shape (2, 3), expected (3, 2)."),
        Sentence(text=SECRET_VALUE, reader=Reader.TA, holds_values=True),
    )
    return CheckResult(
        check=CheckId(exercise=exercise, name=check),
        outcome=Outcome.FAILED if lost else Outcome.PASSED,
        credit=0.0 if lost else 1.0,
        sentences=told if lost else (),
        observed=(Observed(kind=kind, values=(4.0625,)),) if lost else (),
    )


def confusion(rng: random.Random, wrong: bool) -> list[list[int]]:
    right = rng.randrange(80, 88) if wrong else rng.randrange(90, 98)
    others = (100 - right) // 9
    return [[right if row == column else others for column in range(10)] for row in range(10)]


def marked_of(
    report: Report,
    released: Mapping[str, Any],
    codes: Mapping[str, str],
    rng: random.Random,
) -> Marked:
    """A marked submission with these answers in the released notebook."""
    notebook = json.loads(json.dumps(released))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        cell["source"] = codes.get(name, cell["source"])
    points: dict[str, float | None] = {
        f"{one.exercise}-checks": one.points for one in report.exercises
    }
    return Marked(
        report=report,
        notebook=json.dumps(notebook),
        scores=points,
        unanswered={one.exercise: False for one in report.exercises},
        visible={
            one.exercise: one.points == one.max_points or rng.random() < 0.2
            for one in report.exercises
        },
    )


def student_names(count: int) -> list[str]:
    """Names that occur in no other text."""
    return [f"zelda{number:03d}" for number in range(1, count + 1)]
