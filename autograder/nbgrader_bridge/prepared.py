"""An assignment made ready for grading, in one of its rounds: packed, its checks tried on the
reference, its known mistakes at hand.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.checks.trail import Trail
from autograder.course.course import Course
from autograder.course.digest import digest, files_in, versions
from autograder.course.digits import read_shown
from autograder.course.handed_in import HandedIn
from autograder.course.packed import pack, shown_digits
from autograder.diagnosis.library import Library
from autograder.errors import ChecksBroken, NotGraded, from_plain
from autograder.files import write_whole
from autograder.hand_in.cells import names_in_order
from autograder.marking.child import Budget
from autograder.marking.jobs import Job, TryMistakes
from autograder.marking.marked import Marked
from autograder.marking.task import DONE, OVERRUN, PROBLEM, STUMBLED, Task
from autograder.nbgrader_bridge.gradebook import known_cells
from autograder.nbgrader_bridge.record import Entry
from autograder.results import Outcome, Report

# Beside the student's own time: starting, comparing, putting into words.
_JUDGE_S = 120.0
_NOT_JUDGED = (Outcome.NOT_RUN, Outcome.UNDECIDED)


class Prepared:
    """One round of an assignment. Raises NotGraded where the gradebook does not know it."""

    def __init__(self, course: Course, assignment: str, number: int) -> None:
        self.course = course
        self.assignment = assignment
        self.number = number
        order = names_in_order(course.source_notebook(assignment))
        known = known_cells(course.db_url, assignment, assignment, order)
        self.packed = pack(course, assignment, known, number)
        self.versions = versions()
        self._of_versions = json.dumps(self.versions, sort_keys=True)
        mistakes = files_in([course.checks_folder(assignment) / "mistakes"])
        self.shown = digest([*mistakes, repr(self.packed.audience)])
        self._shown_key, self._shown_at = shown_digits(course)
        self.library = Library(
            course.checks_folder(assignment),
            list(self.packed.points),
            course.private / "fingerprints" / self._name,
            self._key_of,
        )
        self.look_up()

    @property
    def _name(self) -> str:
        return self.assignment if self.number == 1 else f"{self.assignment}.{self.number}"

    def _key_of(self, source: str) -> str:
        return digest([self.packed.key, self._of_versions, source])

    def look_up(self) -> None:
        """Takes in what is known of mistakes by now.

        Its key holds the mistakes' whole files: a worker that lives long, such as one of Dask's,
        must not give yesterday's hint of a mistake whose code is the same.
        """
        self.known = self.library.known()
        which = [repr(sorted(self.known.mistakes)), repr(sorted(self.known.unreadable.items()))]
        self.known_key = digest([self.packed.key, self._of_versions, self.shown, *which])

    def is_ready(self) -> bool:
        """Whether the checks, as they are, have given the reference full marks before."""
        if self.packed.trail is None:
            try:
                entry = json.loads(self._trail_path.read_text(encoding="utf-8"))
                if entry["key"] == self._trail_key:
                    self._take(Trail.from_json(entry["trail"]))
            except (OSError, ValueError, KeyError, TypeError):
                return False
        return self.packed.trail is not None

    def keep_trail(self, plain: Mapping[str, Any]) -> None:
        """Keeps what the reference has shown of the checks."""
        trail = Trail.from_json(plain)
        entry = {"key": self._trail_key, "trail": trail.to_json()}
        write_whole(self._trail_path, json.dumps(entry), self.course.secret_mode)
        self._take(trail)

    def _take(self, trail: Trail) -> None:
        self.packed = dataclasses.replace(self.packed, trail=trail)

    @property
    def _trail_path(self) -> Path:
        return self.course.private / "reference" / f"{self._name}.json"

    @property
    def _trail_key(self) -> str:
        return digest([self.packed.key, self._of_versions])

    def task(self, job: Job) -> Task:
        """A job as a task for a worker."""
        return Task(
            job=job,
            packed=self.packed.edition,
            known=self.known_key,
            shown=self._shown_key,
            shown_at=str(self._shown_at),
            budget=self._budget(job),
        )

    def _budget(self, job: Job) -> Budget:
        limits = self.course.settings.limits
        submissions = len(job.answers) if isinstance(job, TryMistakes) else 1
        wall_s = submissions * limits.submission_s + _JUDGE_S
        return Budget(wall_s=wall_s, memory_mb=limits.judge_memory_mb)

    def entry(self, marked: Marked, taken: HandedIn, by: str) -> Entry:
        """The record's entry of a result of this round that was made now."""
        moment = taken.handed_in
        return Entry(
            graded=datetime.now(UTC).isoformat(timespec="seconds"),
            by=by,
            content=taken.content,
            packed=self.packed.key,
            number=self.number,
            versions=self.versions,
            shown=self.shown,
            file=marked.file,
            code=marked.code,
            handed_in=moment.isoformat(timespec="seconds") if moment else "",
            points=marked.report.points,
            max_points=marked.report.max_points,
            hints_missing=marked.hints_missing,
            beside_checks=self.packed.beside_checks,
            of_exercises=self.packed.of_exercises,
        )

    def changed_since(self, entry: Entry, before: Report) -> frozenset[str] | None:
        """The exercises whose checks are others than when a result was made, where nothing else is
        another; None where something is, or nothing: then all is to be asked.

        What was never judged (the time was used up, a check broke) is judged by asking all, too.
        """
        now = self.packed
        same = entry.beside_checks == now.beside_checks and entry.number == self.number
        if not same or dict(entry.versions) != dict(self.versions):
            return None
        known, names = entry.of_exercises, set(now.points)
        if not names <= known.keys() & now.of_exercises.keys():
            return None
        changed = {name for name in names if known[name] != now.of_exercises[name]}
        kept = [one for one in before.exercises if one.exercise not in changed]
        if {one.exercise for one in kept} != names - changed:
            return None
        if any(check.outcome in _NOT_JUDGED for one in kept for check in one.checks):
            return None
        return frozenset(changed) or None

    def things(self) -> dict[str, Any]:
        """What tasks are done with, by key: packed assignment and known mistakes."""
        return {self.packed.edition: self.packed, self.known_key: self.known}

    def bring(self, task: Task, missing: list[str]) -> Task:
        """The task with what its worker has asked for.

        More may be known of mistakes than when the task was made: then that is brought.
        """
        things = self.things()
        if self._shown_key in missing:
            things[self._shown_key] = read_shown(self._shown_at)
        keys = {key if key in things else self.known_key for key in missing}
        return dataclasses.replace(
            task, known=self.known_key, brought={key: things[key] for key in keys}
        )


def result_of(outcome: Mapping[str, Any]) -> Any:
    """What a job gave; raises the KitError that it ended with, or NotGraded."""
    if DONE in outcome:
        return outcome[DONE]
    if PROBLEM in outcome:
        raise from_plain(outcome[PROBLEM])
    if OVERRUN in outcome:
        mend = "Look at the submission by hand; then grade it, or raise the limit of the judge."
        raise NotGraded(f"{outcome[OVERRUN]}, twice", mend)
    assert STUMBLED in outcome, f"a worker says {list(outcome)}"
    mend = "Make that possible, then grade again."
    if "stumbled" in outcome[STUMBLED]:
        mend = "Please report this; the others of the class went on."
    raise NotGraded(outcome[STUMBLED], mend)


def trail_of(assignment: str, outcome: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the reference has shown of the checks; raises ChecksBroken where it was not tried."""
    for how in (OVERRUN, STUMBLED):
        if how in outcome:
            why = f"they could not be tried on the reference solution: {outcome[how]}"
            raise ChecksBroken(assignment, why)
    trail: Mapping[str, Any] = result_of(outcome)
    return trail
