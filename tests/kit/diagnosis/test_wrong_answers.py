"""Wrong answers in other styles than the mistakes': do they get the hint that was meant for them?

`wrong_answers.jsonl` names for each the mistake whose misconception it has, "" where none has it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.authoring.trial import Trial
from autograder.course.course import open_course
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.library import Library
from autograder.diagnosis.matching import match
from autograder.diagnosis.trying import each
from autograder.settings.load import load

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Told:
    """A wrong answer, the mistake that it has, and the one whose hint it was told."""

    exercise: str
    like: str
    told: str


def told_in(assignment: str, folder: Path) -> list[Told]:
    trial = Trial(open_course(load(ROOT)), assignment)
    lines = (Path(__file__).parent / "wrong_answers.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["exercise"] in trial.max_points]
    answers = [
        Answer(exercise=r["exercise"], path=Path(str(n)), source=r["code"], symptom=r["like"])
        for n, r in enumerate(rows)
    ]
    library = Library(trial.folder, list(trial.max_points), folder, lambda source: source)
    for exercise in dict.fromkeys(answer.exercise for answer in answers):
        known = each(trial.judge, trial.cells, library.untried(exercise))
        library.add(exercise, {one.answer.name: one.result for one in known})
    found = []
    for tried in each(trial.judge, trial.cells, answers):
        answer = tried.answer
        assert tried.result.points < tried.result.max_points, f"not caught: {answer.source}"
        mistakes = library.known().mistakes[answer.exercise]
        named = match(tried.result, answer.source, mistakes)
        hint = named.hint if named is not None else None
        # Mistakes that behave alike may have one hint: told is then the one that was meant.
        whose = [mistake.name.split("/")[1] for mistake in mistakes if mistake.hint == hint]
        told = answer.symptom if answer.symptom in whose else next(iter(whose), "")
        found.append(Told(answer.exercise, answer.symptom, told))
    return found


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("assignment", "at_least"),
    [("1-tensors", 34), ("2-data", 9), ("3-network", 5), ("4-training", 21), ("5-saving", 10)],
)
def test_answers_in_other_styles_get_the_hint_of_their_mistake(
    assignment: str, at_least: int, tmp_path: Path
) -> None:
    told = told_in(assignment, tmp_path)

    assert [t for t in told if t.told not in ("", t.like)] == []
    assert sum(t.told == t.like != "" for t in told) >= at_least
