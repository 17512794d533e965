"""Runs in: a process of the pool. Answers are asked by the checks as they are, then by broken ones.

A broken version is noticed where `verify` would complain: pytest cannot collect the checks, they
never end, the reference or a variant loses points, the stub earns some, a mistake no longer fails
where it says, a mutant is no longer killed; and where a mistake or a mutant earns more than before.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autograder.authoring.broken_checks import exercises_of
from autograder.authoring.line_watch import LineWatch
from autograder.authoring.pool import Worker
from autograder.authoring.witnesses import Heard, Witness, solution
from autograder.checks.collected import Checks
from autograder.checks.trail import Recorder, Trail
from autograder.course.packed import check_files
from autograder.diagnosis.trying import Tried, try_one
from autograder.errors import ChecksBroken
from autograder.files import make_temporary, write_files
from autograder.namespace.local import recorded_answers

_MOST_CPU_S: Final = 60.0
"""For one answer, in the judge: a check that draws until something holds may never end."""


class NeverEnds(KeyboardInterrupt):
    """Raised in a check that takes up all its time. Nothing but Ctrl-C leaves pytest at once."""


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """Who noticed a broken version, and what `verify` would say of it."""

    by: str
    says: str


class Hearing(Worker):
    """What one process is asked of broken checks. `follow` comes first, with the whole trail."""

    def __init__(self, root: Path, assignment: str) -> None:
        super().__init__(root, assignment)
        self.as_they_lie = self.trial.judge.checks
        self.files = check_files(self.course, assignment)
        self._folder, self._lock = make_temporary()
        self.changed = Checks(assignment, self._folder / assignment)
        names = [name for name in self.files if name.startswith("test_")]
        self.most_cpu_s = _MOST_CPU_S
        self._exercises = {name: exercises_of(self.files[name]) for name in names}
        self._whole = Trail()

    def hear(self, witness: Witness) -> Heard:
        """What a witness does with the checks as they are."""
        self.trial.judge.checks = self.as_they_lie
        self._follow(Trail())
        watch = LineWatch(self.as_they_lie.folder)
        with watch.watching():
            tried = try_one(self.trial.judge, self.rehearsal, witness.answer)
        return Heard(
            witness=witness,
            run=frozenset(watch.run),
            raised=frozenset(watch.raised),
            wall_s=tried.wall_s,
            points=tried.result.points,
            complaint=witness.complaint(tried),
        )

    def notice(
        self, name: str, content: bytes, exercises: Sequence[str], asked: Sequence[Witness]
    ) -> Noticed | None:
        """The first who notices this content in the place of a check file; None if nobody does.

        `exercises` are those that it may concern. The reference of each is asked before the first
        of its answers.
        """
        self._put(name, content, exercises)
        try:
            self.changed.collect()
            for witness, said in self._asked(exercises, asked):
                if said:
                    return Noticed(by=witness.name, says=said)
        except ChecksBroken as problem:
            return Noticed(by="collection", says=problem.fact)
        except NeverEnds:
            self.rehearsal.close()
            return Noticed(by="the clock", says="a check never ends")
        return None

    def follow(self, trail: object) -> None:
        """Goes on with what the reference has shown of the checks as they are."""
        super().follow(trail)
        self._whole = self.trial.judge.trail

    def solution(self) -> tuple[list[str], object]:
        told = super().solution()
        self._whole = self.trial.judge.trail
        return told

    def close(self) -> None:
        super().close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.close()

    def _asked(
        self, exercises: Sequence[str], asked: Sequence[Witness]
    ) -> Iterator[tuple[Witness, str]]:
        """Each witness with what `verify` would say of it now, or ""."""
        trails: dict[str, Trail] = {}
        for exercise, witness in [
            *((one.answer.exercise, one) for one in asked),
            *((name, None) for name in exercises),
        ]:
            if exercise not in trails:
                own = solution(self.trial.cells, exercise)
                tried, trails[exercise] = self._tried_as_reference(own)
                yield own, own.complaint(tried)
            if witness is not None:
                self._follow(trails[exercise])
                yield witness, witness.complaint(self._tried(witness))

    def _put(self, name: str, content: bytes, exercises: Sequence[str]) -> None:
        """Puts the checks of these exercises into this process's folder, one file changed."""
        folder = self.changed.folder
        for path in folder.glob("test_*.py"):
            path.unlink()
        wanted = {
            file: self.files[file]
            for file in self.files
            if not self._exercises.get(file, {*exercises}).isdisjoint(exercises)
        }
        write_files(folder, {**wanted, name: content})
        self.trial.judge.checks = self.changed

    def _follow(self, trail: Trail) -> None:
        """Judges by this trail; what the reference answered once it need not do again."""
        whole = self._whole
        self.trial.judge.follow(
            Trail(
                places=whole.places | trail.places,
                forms={**whole.forms, **trail.forms},
                answers={**whole.answers, **trail.answers},
            )
        )

    def _tried_as_reference(self, own: Witness) -> tuple[Tried, Trail]:
        recorder = Recorder()
        self._follow(Trail())
        with recorded_answers(self.trial.judge.solution) as recorder.answers:
            tried = self._tried(own, recorder)
        return tried, recorder.trail

    def _tried(self, witness: Witness, recorder: Recorder | None = None) -> Tried:
        with _in_time(self.most_cpu_s):
            return try_one(self.trial.judge, self.rehearsal, witness.answer, recorder)


@contextlib.contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    """Raises NeverEnds after so many seconds of this process's own work."""

    def stop(_signum: int, _frame: object) -> None:
        raise NeverEnds

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
