"""Mutants of the references tried against the hidden checks: what survives shows what these miss.

What is found is kept in `.autograder/mutants/ASSIGNMENT/EXERCISE.json`, after each mutant, by all
that it depends on in the course: the exercise's checks, the notebook, the settings, and the mutant.
So a run that was stopped goes on, and after a change only what it may concern is tried again.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.authoring.clause_kinds import clauses_about
from autograder.authoring.clauses import read_clauses
from autograder.authoring.docstrings import docstrings_of
from autograder.authoring.equivalents import (
    Equivalent,
    EquivalentsUnusable,
    equivalents_path,
    matched,
    read_equivalents,
)
from autograder.authoring.mutants import Mutant, mutants
from autograder.authoring.pool import Pool, Task
from autograder.course.course import Course
from autograder.course.digest import digest
from autograder.course.packed import Packed, pack
from autograder.diagnosis.answers import Answer
from autograder.errors import ChecksBroken
from autograder.files import write_whole
from autograder.hand_in.reading import bound_names
from autograder.results import ExerciseResult, Outcome


class Fate(StrEnum):
    """What became of a mutant. `UNDECIDED` is a fault of a check: it broke on it."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A mutant of an exercise, and what became of it: `by` says which check decided, and how."""

    exercise: str
    mutant: Mutant
    fate: Fate
    by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """An exercise's mutants, counted; or those of several together."""

    mutants: int = 0
    killed: int = 0
    equivalent: int = 0

    @property
    def survived(self) -> int:
        """All that no check has noticed and nobody has explained, those undecided too."""
        return self.mutants - self.killed - self.equivalent

    @property
    def share(self) -> float:
        """The mutation score: killed, of all that can be."""
        possible = self.mutants - self.equivalent
        return self.killed / possible if possible else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(
            mutants=self.mutants + other.mutants,
            killed=self.killed + other.killed,
            equivalent=self.equivalent + other.equivalent,
        )


class Mutation:
    """The mutants of an assignment's exercises, of all or of `only` these.

    Raises EquivalentsUnusable for a file that cannot be read or names what is no mutant, and what
    packing the assignment raises.
    """

    def __init__(self, course: Course, assignment: str, only: frozenset[str] = frozenset()) -> None:
        self.course = course
        self.assignment = course.require_assignment(assignment)
        self.packed = pack(course, assignment)
        self.mutants = {
            name: found for name, found in _all_mutants(self.packed) if not only or name in only
        }
        self._clauses = read_clauses(course.checks_folder(assignment))
        self.equivalents = {name: self._equivalents_of(name) for name in self.mutants}

    @property
    def count(self) -> int:
        return sum(map(len, self.mutants.values()))

    def promised(self, one: Judged) -> list[str]:
        """What the exercise's docstring says of a mutant's kind, and which checks test that: the
        clauses that should have caught it.
        """
        clauses = self._clauses.by_exercise.get(one.exercise, ())
        checks = {clause.text: ", ".join(clause.checks) or clause.why_none for clause in clauses}
        if checks:
            return [f"{t} ({checks[t]})" for t in clauses_about(one.mutant.kind, list(checks))]
        source = next(cell.source for cell in self.packed.cells if cell.name == one.exercise)
        docstrings = docstrings_of(source)
        return [line for doc in docstrings for line in clauses_about(one.mutant.kind, doc)]

    def judged(self, jobs: int | None = None) -> Generator[Judged, None, None]:
        """Each mutant with its fate: first those that are known, then the others as they come.

        Raises ChecksBroken where the reference itself does not get full marks.
        """
        kept = {name: _Kept(self._path(name), self._keys(name)) for name in self.mutants}
        waiting: dict[int, tuple[str, Mutant]] = {}
        tasks = []
        for exercise, found in self.mutants.items():
            for mutant in found:
                known = kept[exercise].get(mutant)
                if known is not None:
                    yield Judged(exercise=exercise, mutant=mutant, fate=known[0], by=known[1])
                    continue
                task = Task(answer=_answer(exercise, mutant))
                waiting[id(task)] = exercise, mutant
                tasks.append(task)
        if not tasks:
            return
        with Pool(self.course, self.assignment, jobs) as pool:
            if pool.of_solution:
                raise ChecksBroken(self.assignment, pool.of_solution[0])
            for task, tried in pool.tried(tasks):
                exercise, mutant = waiting[id(task)]
                fate, by = fate_of(tried.result)
                kept[exercise].add(mutant, fate, by)
                yield Judged(exercise=exercise, mutant=mutant, fate=fate, by=by)

    def known_killed(self) -> dict[str, list[Answer]]:
        """By exercise the mutants that checks notice, as far as that is known; tries none."""
        found = dict[str, list[Answer]]()
        for name, all_of_it in self.mutants.items():
            kept = _Kept(self._path(name), self._keys(name))
            fates = ((one, kept.get(one)) for one in all_of_it)
            killed = [one for one, known in fates if known and known[0] is Fate.KILLED]
            found[name] = [_answer(name, one) for one in killed]
        return found

    def scores(self, judged: Sequence[Judged]) -> dict[str, Score]:
        """The score of each exercise, in the order of the notebook."""
        return {
            name: Score(
                mutants=len(found),
                killed=sum(
                    one.exercise == name
                    and one.fate is Fate.KILLED
                    and one.mutant not in self.equivalents[name]
                    for one in judged
                ),
                equivalent=len(self.equivalents[name]),
            )
            for name, found in self.mutants.items()
        }

    def survivors(self, judged: Sequence[Judged]) -> list[Judged]:
        """What nobody has noticed or explained, in the order of the notebook and its lines."""
        order = {
            mutant: place for found in self.mutants.values() for place, mutant in enumerate(found)
        }
        names = list(self.mutants)
        found = [
            one
            for one in judged
            if one.fate is not Fate.KILLED and one.mutant not in self.equivalents[one.exercise]
        ]
        return sorted(found, key=lambda one: (names.index(one.exercise), order[one.mutant]))

    def untrue(self, judged: Sequence[Judged]) -> list[EquivalentsUnusable]:
        """An error for each mutant that is said to be equivalent and that a check notices."""
        return [
            EquivalentsUnusable(
                equivalents_path(self.course.checks_folder(self.assignment), one.exercise),
                f'"{one.mutant.line}" that becomes "{one.mutant.becomes}" is noticed: {one.by}',
                "Remove it from the file, or correct the check.",
            )
            for one in judged
            if one.fate is Fate.KILLED and one.mutant in self.equivalents[one.exercise]
        ]

    def _equivalents_of(self, exercise: str) -> Mapping[Mutant, Equivalent]:
        path = equivalents_path(self.course.checks_folder(self.assignment), exercise)
        return matched(path, read_equivalents(path), self.mutants[exercise])

    def _keys(self, exercise: str) -> dict[Mutant, str]:
        checks = self.packed.of_exercises.get(exercise, self.packed.key)
        beside = [checks, self.packed.beside_checks]
        return {one: digest([*beside, one.source])[:32] for one in self.mutants[exercise]}

    def _path(self, exercise: str) -> Path:
        return self.course.private / "mutants" / self.assignment / f"{exercise}.json"


def fate_of(result: ExerciseResult) -> tuple[Fate, str]:
    """What the checks made of a mutant, and the check that decided it."""
    for one in result.checks:
        if one.outcome is Outcome.UNDECIDED:
            return Fate.UNDECIDED, _said(one.check.name, one.outcome)
    for one in result.checks:
        if one.credit < 1:
            return Fate.KILLED, _said(one.check.name, one.outcome)
    return Fate.SURVIVED, ""


def _said(name: str, outcome: Outcome) -> str:
    return f"{name} ({outcome})"


def _all_mutants(packed: Packed) -> Iterator[tuple[str, list[Mutant]]]:
    """The exercises in the order of the notebook, with the mutants of their references."""
    above: set[str] = set()
    for cell in packed.cells:
        if cell.name in packed.points:
            yield cell.name, mutants(cell.source, frozenset(above))
        above |= bound_names(cell.source)


def _answer(exercise: str, mutant: Mutant) -> Answer:
    path = Path("mutants", exercise, f"line-{mutant.line_number}-{digest([mutant.source])[:6]}.py")
    return Answer(exercise=exercise, path=path, source=mutant.source, symptom=mutant.operator)


class _Kept:
    """What is known of an exercise's mutants, in a file."""

    def __init__(self, path: Path, keys: Mapping[Mutant, str]) -> None:
        self.path = path
        self.keys = keys
        wanted = set(keys.values())
        self.found = {key: one for key, one in _read(path).items() if key in wanted}

    def get(self, mutant: Mutant) -> tuple[Fate, str] | None:
        return self.found.get(self.keys[mutant])

    def add(self, mutant: Mutant, fate: Fate, by: str) -> None:
        self.found[self.keys[mutant]] = fate, by
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, json.dumps(self.found))


def _read(path: Path) -> dict[str, tuple[Fate, str]]:
    """What is kept in a file; nothing where there is none or it cannot be used."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {key: (Fate(fate), str(by)) for key, (fate, by) in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
