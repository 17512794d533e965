"""The fingerprints of an assignment's mistakes under the run's seed, made when they are asked for.

They are kept on disk, a file an exercise: each mistake is tried once for a seed, the checks, the
reference, its own file and the versions that matter, however many submissions, workers and runs
ask for it. Of two workers that ask at once, one tries and the other waits.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder import results
from autograder.diagnosis.answers import Answer, mistakes_of
from autograder.diagnosis.matching import KnownMistake
from autograder.diagnosis.trying import each
from autograder.judge.grade import Judge
from autograder.judge.records import Cell
from autograder.results import ExerciseResult, Report

_VERSIONED = ("torch", "numpy", "ipykernel")


class Library:
    """The known mistakes of an assignment. `folder` is private to the instructor."""

    def __init__(self, judge: Judge, folder: Path) -> None:
        graded = judge.assignment.max_points
        self.judge = judge
        self.folder = folder
        self.cells = [
            Cell(name=name, source=code, checked=(name,) if name in graded else ())
            for name, code in judge.assignment.reference
        ]
        self.common = digest(_common_parts(judge))
        self.known: dict[str, tuple[tuple[str, ...], tuple[KnownMistake, ...]]] = {}

    def of(self, exercise: str) -> tuple[KnownMistake, ...]:
        """The mistakes of an exercise, each with its fingerprint; tries those that have none yet.

        Raises AnswerUnreadable, and the KitError of whatever the kit could not do.
        """
        answers = mistakes_of(self.judge.assignment.checks_folder, exercise)
        keys = tuple(digest((self.common, answer.source)) for answer in answers)
        kept = self.known.get(exercise)
        if kept is not None and kept[0] == keys:
            return kept[1]
        found = self._fingerprints(exercise, dict(zip(keys, answers, strict=True)))
        known = tuple(
            KnownMistake(name=a.name, hint=a.hint, code=a.code, checks=found[key].checks)
            for key, a in zip(keys, answers, strict=True)
        )
        self.known[exercise] = keys, known
        return known

    def _fingerprints(
        self, exercise: str, answers: Mapping[str, Answer]
    ) -> dict[str, ExerciseResult]:
        if not answers:
            return {}
        path = self.folder / f"{exercise}.json"
        found = _read(path)
        if answers.keys() <= found.keys():
            return found
        self.folder.mkdir(parents=True, exist_ok=True)
        with _only_one(path.with_suffix(".lock")):
            # Another worker may have tried them while this one waited.
            found = {key: result for key, result in _read(path).items() if key in answers}
            missing = {answer.path: key for key, answer in answers.items() if key not in found}
            tried = [answers[key] for key in missing.values()]
            for each_tried in each(self.judge, self.cells, tried):
                found[missing[each_tried.answer.path]] = each_tried.result
            _write(path, found)
        return found


def _common_parts(judge: Judge) -> Iterator[str]:
    assignment = judge.assignment
    yield from (f"{name} {importlib.metadata.version(name)}" for name in _VERSIONED)
    yield from (hashlib.sha256(assignment.seed).hexdigest(), sys.version)
    yield repr((assignment.reference, assignment.course, judge.limits, dict(judge.plan.env)))
    package = Path(__file__).parents[1]
    for path in (*sorted(assignment.checks_folder.glob("*.py")), *sorted(package.rglob("*.py"))):
        yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def digest(parts: Iterable[str]) -> str:
    """One digest of all parts."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return total.hexdigest()


@contextlib.contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Within it no other process is within it. A process that dies lets go."""
    with path.open("a") as file:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _read(path: Path) -> dict[str, ExerciseResult]:
    """What is kept in a file; nothing where there is none or it cannot be used."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {key: results.from_json(value).exercises[0] for key, value in data.items()}
    except (OSError, ValueError, AttributeError, IndexError):
        return {}


def _write(path: Path, found: Mapping[str, ExerciseResult]) -> None:
    data = {key: results.to_json(Report(assignment="", exercises=(r,))) for key, r in found.items()}
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(data), encoding="utf-8")
    os.replace(fresh, path)
