"""Hints from known mistakes: for each exercise that lost points, the mistake it behaves like."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from autograder.diagnosis.library import Known
from autograder.diagnosis.matching import is_wrong, match
from autograder.diagnosis.slips import slip
from autograder.diagnosis.trained_on import IS_IT, trains_with_test_data
from autograder.judge.records import Cell
from autograder.results import Diagnosis, ExerciseResult, Reader, Report, Sentence

NO_HINTS = "No hints from known mistakes:"


def diagnosed(
    report: Report, cells: Sequence[Cell], known: Known
) -> tuple[Report, tuple[str, ...]]:
    """The report with a diagnosis of each answer that behaves like a known mistake, and the
    exercises whose mistakes have to be tried before that can be said.

    What cannot be diagnosed keeps the hints of its checks: no hint is worth a grade, so a mistake
    file that cannot be read, say, is told in a note to the TA.
    """
    sources = {cell.name: cell.source for cell in cells}
    wrong = [result.exercise for result in report.exercises if is_wrong(result)]
    unreadable = [known.unreadable[name] for name in wrong if name in known.unreadable]
    notes = tuple(note for note in report.notes if not _is_of_this(note.text))
    graded = {result.exercise for result in report.exercises}
    said = [f"{NO_HINTS} {why}" for why in dict.fromkeys(unreadable)]
    said += [
        f"{name}: {seen}"
        for name, source in sources.items()
        if name in graded and (seen := trains_with_test_data(source))
    ]
    notes += tuple(Sentence(text=text, reader=Reader.TA) for text in said)
    exercises = tuple(_diagnosed(result, sources, known) for result in report.exercises)
    missing = tuple(name for name in wrong if name in known.untried)
    return dataclasses.replace(report, exercises=exercises, notes=notes), missing


def _is_of_this(text: str) -> bool:
    return text.startswith(NO_HINTS) or text.endswith(IS_IT)


def _diagnosed(result: ExerciseResult, sources: Mapping[str, str], known: Known) -> ExerciseResult:
    found = None
    if is_wrong(result):
        mistakes = known.mistakes.get(result.exercise, ())
        source = sources.get(result.exercise, "")
        found = match(result, source, mistakes)
        seen = slip(source)
        if seen:
            # It is true of this code, whatever else is; a mistake's hint is what others did.
            found = Diagnosis(mistakes=found.mistakes if found else (), hint=seen)
    return dataclasses.replace(result, diagnosis=found)
