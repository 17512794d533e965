"""The known mistakes of an assignment, and what checks found of each under a round's seed.

Each mistake is tried once for a round, the checks, the reference, its own file and the versions
that matter, however many submissions and runs ask for it; what was found is kept on disk, a file an
exercise. Only the one process that writes reads and keeps it; who grades is handed `Known`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder import results
from autograder.diagnosis.answers import Answer, AnswerUnreadable, mistakes_of
from autograder.diagnosis.matching import KnownMistake
from autograder.files import write_whole
from autograder.results import ExerciseResult, Report

KeyOf = Callable[[str], str]
"""Makes a key of a mistake's source and all else that its fingerprint depends on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known of an assignment's mistakes: by exercise those that were tried, `untried` the
    exercises where some were not, and why the files of an exercise are unreadable.
    """

    mistakes: Mapping[str, tuple[KnownMistake, ...]] = field(default_factory=dict)
    untried: frozenset[str] = frozenset()
    unreadable: Mapping[str, str] = field(default_factory=dict)


class Library:
    """The known mistakes of some exercises, in a folder that is private to the instructor."""

    def __init__(
        self, checks_folder: Path, exercises: Sequence[str], folder: Path, key_of: KeyOf
    ) -> None:
        self.folder = folder
        self.key_of = key_of
        self.answers: dict[str, list[Answer]] = {}
        self.unreadable: dict[str, str] = {}
        for exercise in exercises:
            try:
                self.answers[exercise] = mistakes_of(checks_folder, exercise)
            except AnswerUnreadable as problem:
                self.unreadable[exercise] = " ".join(str(problem).split())
        self.found = {exercise: _read(self._path(exercise)) for exercise in self.answers}

    def known(self) -> Known:
        """What is known now, to be handed to whoever grades."""
        tried = {name: self._tried(name) for name in self.answers if not self.untried(name)}
        untried = frozenset(name for name in self.answers if name not in tried)
        return Known(mistakes=tried, untried=untried, unreadable=self.unreadable)

    def untried(self, exercise: str) -> list[Answer]:
        """The mistakes of an exercise that have no fingerprint yet."""
        found = self.found.get(exercise, {})
        answers = self.answers.get(exercise, [])
        return [answer for answer in answers if self.key_of(answer.source) not in found]

    def add(self, exercise: str, tried: Mapping[str, ExerciseResult]) -> None:
        """Keeps what was found of mistakes, by their names."""
        wanted = {answer.name: self.key_of(answer.source) for answer in self.answers[exercise]}
        keys = set(wanted.values())
        kept = {key: one for key, one in self.found[exercise].items() if key in keys}
        kept |= {wanted[name]: result for name, result in tried.items() if name in wanted}
        self.found[exercise] = kept
        _write(self._path(exercise), kept)

    def take(self, exercise: str, plain: Mapping[str, Mapping[str, Any]]) -> None:
        """`add`, of what a worker has sent, which may be of other exercises too."""
        names = [answer.name for answer in self.answers[exercise]]
        self.add(exercise, {name: from_plain(plain[name]) for name in names if name in plain})

    def give_up(self, exercise: str, why: str) -> None:
        """Mistakes that cannot be tried give no hints in this run, and say why."""
        self.answers.pop(exercise, None)
        self.unreadable[exercise] = why

    def _tried(self, exercise: str) -> tuple[KnownMistake, ...]:
        found = self.found[exercise]
        return tuple(
            KnownMistake(
                name=answer.name,
                hint=answer.hint,
                code=answer.code,
                checks=found[self.key_of(answer.source)].checks,
            )
            for answer in self.answers[exercise]
        )

    def _path(self, exercise: str) -> Path:
        return self.folder / f"{exercise}.json"


def _read(path: Path) -> dict[str, ExerciseResult]:
    """What is kept in a file; nothing where there is none or it cannot be used."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {key: from_plain(value) for key, value in data.items()}
    except (OSError, ValueError, AttributeError, IndexError):
        return {}


def _write(path: Path, found: Mapping[str, ExerciseResult]) -> None:
    write_whole(path, json.dumps({key: to_plain(one) for key, one in found.items()}))


def to_plain(result: ExerciseResult) -> dict[str, Any]:
    """A fingerprint as data that JSON can hold."""
    return results.to_json(Report(assignment="", exercises=(result,)))


def from_plain(data: Mapping[str, Any]) -> ExerciseResult:
    """What `to_plain` gave; raises ValueError on anything else."""
    return results.from_json(data).exercises[0]
