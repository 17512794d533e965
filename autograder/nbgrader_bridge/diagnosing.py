"""Hints from known mistakes: for each exercise that lost points, the mistake it behaves like."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary

from autograder.course.course import Course
from autograder.diagnosis.library import Library
from autograder.diagnosis.matching import is_wrong, match
from autograder.errors import KitError
from autograder.judge.grade import Judge
from autograder.judge.records import Cell
from autograder.results import ExerciseResult, Reader, Report, Sentence

NO_HINTS = "No hints from known mistakes:"

_libraries: WeakKeyDictionary[Judge, Library] = WeakKeyDictionary()


def diagnosed(course: Course, judge: Judge, report: Report, cells: Sequence[Cell]) -> Report:
    """The report with a diagnosis of each answer that behaves like a known mistake.

    What cannot be diagnosed keeps the hints of its checks: no hint is worth a grade, so a mistake
    file that cannot be read, say, is told in a note to the TA.
    """
    sources = {cell.name: cell.source for cell in cells}
    if judge not in _libraries:
        name = judge.assignment.name
        _libraries[judge] = Library(judge, course.private / "fingerprints" / name)
    try:
        exercises = tuple(_diagnosed(_libraries[judge], r, sources) for r in report.exercises)
    except KitError as problem:
        text = f"{NO_HINTS} {' '.join(str(problem).split())}"
        note = Sentence(text=text, reader=Reader.TA)
        return dataclasses.replace(report, notes=(*report.notes, note))
    return dataclasses.replace(report, exercises=exercises)


def _diagnosed(
    library: Library, result: ExerciseResult, sources: Mapping[str, str]
) -> ExerciseResult:
    found = None
    if is_wrong(result):
        found = match(result, sources.get(result.exercise, ""), library.of(result.exercise))
    return dataclasses.replace(result, diagnosis=found)
