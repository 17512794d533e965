"""How accurate each answer to a trained exercise becomes: its reference, variants and mistakes,
each trained under many seeds and read by the judge's own check.
"""

from __future__ import annotations

import ast
import dataclasses
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from autograder.authoring.chance import seeded, use_seed
from autograder.authoring.trial import Trial
from autograder.course.check_parts import exercise_of
from autograder.course.course import Course
from autograder.course.digest import digest, versions
from autograder.course.packed import pack
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.trying import Tried, try_one
from autograder.errors import KitError, UnknownName
from autograder.judge.rehearsal import Rehearsal
from autograder.results import Outcome, accuracy_in

FOLDER: Final = "calibrate"
REFERENCE, VARIANT, MISTAKE = "reference", "variant", "mistake"
_THRESHOLD: Final = "full_marks_accuracy"
# A check that looks once more where accuracy falls short of full marks would train twice: below
# zero nothing falls short, and what is measured does not depend on the settings.
_BELOW_ALL: Final = (-1.0, -0.5)
# A busy machine may take long for a training; what it takes is not what is measured here.
_ANSWER_S: Final = 300.0


class NothingTrained(KitError):
    """An assignment without an exercise that has a threshold on an accuracy."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A training of an answer. `accuracy` is a share of 1, None where there was no model to read;
    `key` tells what it depends on beside the seed.
    """

    answer: str
    kind: str
    seed: int
    accuracy: float | None
    key: str


class _PatientRehearsal(Rehearsal):
    answer_s = _ANSWER_S


def trained_exercises(course: Course, assignment: str, asked: str = "") -> list[str]:
    """The exercises with a check that uses the course's accuracy for full marks, or the one asked
    for. Raises NothingTrained and UnknownName.
    """
    folder = course.checks_folder(course.require_assignment(assignment))
    found = list[str]()
    for path in sorted(folder.glob("test_*.py")):
        for node in ast.parse(path.read_bytes()).body:
            attributes = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
            exercise = exercise_of(node)
            if exercise and _THRESHOLD in attributes and exercise not in found:
                found.append(exercise)
    if not found:
        raise NothingTrained(
            f"No check of {assignment} uses course.{_THRESHOLD}: there is nothing to calibrate."
        )
    if asked and asked not in found:
        raise UnknownName("exercise with a threshold", asked, found, assignment)
    return [asked] if asked else found


class Calibration:
    """The trainings of an exercise under the first `seeds` seeds, kept as they end."""

    def __init__(self, course: Course, assignment: str, exercise: str, seeds: int) -> None:
        self.course = course
        self.exercise = exercise
        self.seeds = range(seeds)
        self.trial = Trial(course, assignment)
        self.path = course.private / FOLDER / f"{assignment}-{exercise}.jsonl"
        own = next(cell.source for cell in self.trial.cells if cell.name == exercise)
        reference = Answer(
            exercise=exercise, path=Path(exercise, REFERENCE), source=own, symptom="The reference."
        )
        self.answers = [(REFERENCE, reference)] + [
            (MISTAKE if one.fails else VARIANT, one) for one in self._from_files()
        ]
        beside = self._beside(assignment)
        self._keys = {one.name: digest([one.source, *beside])[:16] for _kind, one in self.answers}
        self._kept = {(one.answer, one.seed): one for one in self._read()}

    @property
    def samples(self) -> list[Sample]:
        """What is there of the answers and seeds that are asked for, answer by answer."""
        wanted = [(answer.name, seed) for _kind, answer in self.answers for seed in self.seeds]
        return [self._kept[one] for one in wanted if one in self._kept]

    @property
    def missing(self) -> list[tuple[str, Answer, int]]:
        """What is still to be trained: all answers under a seed, then under the next."""
        return [
            (kind, answer, seed)
            for seed in self.seeds
            for kind, answer in self.answers
            if (answer.name, seed) not in self._kept
        ]

    def measured(self) -> Iterator[Sample]:
        """Trains what is missing; each sample is kept before it is given.

        Raises KitError where a training takes longer than it may.
        """
        missing = self.missing
        if not missing:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._end_last_line()
        judge = self.trial.judge
        with (
            self.path.open("a", encoding="utf-8") as file,
            _PatientRehearsal(self.trial.cells, judge.plan, judge.limits) as rehearsal,
        ):
            for kind, answer, seed in missing:
                use_seed(self.trial, self.course, seed)
                self._take_thresholds_away()
                changed = dataclasses.replace(answer, source=seeded(answer.source, seed))
                sample = Sample(
                    answer=answer.name,
                    kind=kind,
                    seed=seed,
                    accuracy=_accuracy(try_one(judge, rehearsal, changed)),
                    key=self._keys[answer.name],
                )
                file.write(json.dumps(asdict(sample)) + "\n")
                file.flush()
                self._kept[sample.answer, seed] = sample
                yield sample

    def _end_last_line(self) -> None:
        """What was cut off in a line stays there alone."""
        kept = self.path.read_bytes() if self.path.is_file() else b""
        if kept and not kept.endswith(b"\n"):
            self.path.write_bytes(kept + b"\n")

    def _take_thresholds_away(self) -> None:
        assignment, (minimum, full) = self.trial.judge.assignment, _BELOW_ALL
        facts = dataclasses.replace(
            assignment.course, minimum_accuracy=minimum, full_marks_accuracy=full
        )
        self.trial.judge.assignment = dataclasses.replace(assignment, course=facts)

    def _from_files(self) -> Sequence[Answer]:
        found = self.trial.answers(frozenset({self.exercise}))
        return [one for one in found if not one.fails] + [one for one in found if one.fails]

    def _beside(self, assignment: str) -> list[str]:
        """What an accuracy depends on beside the answer and the seed: not on the thresholds."""
        packed = pack(self.course, assignment)
        return [
            *(cell.source for cell in packed.cells),
            packed.of_exercises.get(self.exercise, ""),
            packed.shown,
            f"{len(packed.hidden.labels)} {packed.hidden.strength:g}",
            versions()["torch"],
        ]

    def _read(self) -> Iterator[Sample]:
        """What is kept and still stands. A line that was cut off is left out."""
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.is_file() else []
        for line in lines:
            try:
                sample = Sample(**json.loads(line))
            except (ValueError, TypeError):
                continue
            if self._keys.get(sample.answer) == sample.key:
                yield sample


def _accuracy(tried: Tried) -> float | None:
    for check in tried.result.checks:
        if check.outcome is Outcome.TIMEOUT:
            raise KitError(
                f"A training of {tried.answer.name} took too long for its check.",
                "Calibrate on a machine that has less to do: what is measured is kept.",
            )
        found = accuracy_in(check.kept)
        if found is not None:
            return found
    return None
