"""`grade`: one submission, from its cells to its report. Everything not earned is 0."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from autograder.checks.collected import Checks
from autograder.checks.plugin import CheckRun
from autograder.checks.public import PublicRun
from autograder.checks.trail import Recorder, Trail
from autograder.errors import ChecksBroken
from autograder.judge.public_draw import exercises_to_ask, gaps, with_gaps
from autograder.judge.records import Assignment, Cell, TimeLimits, Verdict
from autograder.judge.sitting import Sitting
from autograder.kernel.plan import KernelPlan
from autograder.namespace.calls import parameters_of
from autograder.namespace.failures import SolutionFailed, StudentFailure
from autograder.namespace.local import local_space, use_answers
from autograder.namespace.space import Link, Space, calls_noted, changed_later
from autograder.results import CheckId, CheckResult, Outcome, close

_STOPPED = "Not run: an earlier check of this exercise {how}."
_OUT_OF_TIME = "Not run: the submission's time limit of {limit:g} s was used up."
_FATAL = {Outcome.TIMEOUT: "ran too long", Outcome.DIED: "ended the kernel"}
_SOLUTION_CALL_S = 60.0


class Judge:
    """Grades submissions of one assignment; the reference's namespace is made once."""

    def __init__(self, assignment: Assignment, plan: KernelPlan, limits: TimeLimits) -> None:
        self.assignment = assignment
        self.plan = plan
        self.limits = limits
        self.solution = reference_space(assignment)
        self.checks = Checks(assignment.name, assignment.checks_folder)
        self.trail = Trail()
        self.parameters = parameters_of(source for _name, source in assignment.reference)

    def follow(self, trail: Trail) -> None:
        """Judges from now on by what the reference has shown."""
        self.trail = trail
        use_answers(self.solution, trail.answers)

    def grade(
        self,
        cells: Sequence[Cell],
        *,
        only: frozenset[str] | None = None,
        recorder: Recorder | None = None,
        files: Mapping[str, Path] | None = None,
        public: bool = False,
    ) -> Verdict:
        """The verdict on a submission's code cells, in order.

        `files` are the student's own, by their path beside the notebook. They are where the cells
        run, and not in the kernel in which saved files are loaded: there no code of theirs runs.
        With `public` the report holds gaps: see `judge/public_draw.py`.

        Raises NotGraded or KernelUnavailable for what the kit could not do; nothing that the
        cells do raises. `only` limits the checks that are run to some exercises; `recorder` is
        given where the submission is the reference.
        """
        started = time.monotonic()
        with Sitting(cells, self.plan, self.limits, files) as sitting:
            opened = sitting.open()
            run = self.run_checks(sitting, only, recorder, for_page=public)
            reason = _OUT_OF_TIME.format(limit=self.limits.submission_s)
            report = close(
                self.assignment.name,
                self.assignment.max_points,
                run.expected,
                run.found,
                reason="Not run." if opened else reason,
                notes=sitting.notes(),
                cells=sitting.results(),
                for_page=run.for_page,
                wall_s=round(time.monotonic() - started, 3),
            )
            sitting.close()
            asked = exercises_to_ask(report)
            if public and asked:
                report = with_gaps(report, gaps(cells, sitting, asked, self.run_public))
            return Verdict(report=report, runs=dict(sitting.runs))

    def wait(self, reason: str) -> Verdict:
        """The verdict on a submission that a person has to look at before there is anything to
        run: no check runs, each says why, and none of it is a 0.
        """
        with Sitting((), self.plan, self.limits) as sitting:
            run = self.run_checks(sitting, only=frozenset())
        report = close(
            self.assignment.name,
            self.assignment.max_points,
            run.expected,
            {},
            reason=reason,
            unheard=Outcome.UNDECIDED,
        )
        return Verdict(report=report, runs={})

    def run_public(self, sitting: Sitting, only: frozenset[str] | None = None) -> PublicRun:
        """Asks the public draw in an open notebook in which nothing hidden was asked."""
        student = Space(Link(sitting, owner="student", wall_s=sitting.limits.call_s))
        with (
            sitting.fresh_kernel() as fresh,
            calls_noted(student, self.parameters) as log,
        ):
            run = PublicRun(
                log,
                self.trail.public,
                assignment=self.assignment.name,
                student=student,
                solution=self.solution,
                fresh=self._space(fresh, "fresh kernel"),
                course=self.assignment.course,
                hidden_digits=self.assignment.hidden_digits,
                may_run=lambda _check: "" if sitting.alive and sitting.time_left_s > 0 else "Over.",
                only=only,
                graded=tuple(self.assignment.max_points),
            )
            self.checks.run(run)
            return run

    def run_checks(
        self,
        sitting: Sitting,
        only: frozenset[str] | None = None,
        recorder: Recorder | None = None,
        *,
        for_page: bool = False,
    ) -> CheckRun:
        """Runs the hidden checks against an open notebook, one after the other; before them, where
        that is wanted, what tells of the notebook for pages.
        """
        gate = _Gate(sitting)
        student = self._space(sitting, "student")
        with sitting.fresh_kernel() as fresh:
            run = CheckRun(
                assignment=self.assignment.name,
                student=student,
                solution=self.solution,
                fresh=self._space(fresh, "fresh kernel"),
                seed=self.assignment.seed,
                course=self.assignment.course,
                hidden_digits=self.assignment.hidden_digits,
                public_digits=self.assignment.public_digits if for_page else None,
                quote_line=sitting.quote_line,
                why_missing=sitting.why_missing,
                run_again=sitting.run_again,
                trail=self.trail,
                recorder=recorder,
                may_run=gate.reason_against,
                over=gate.over,
                only=only,
                graded=tuple(self.assignment.max_points),
            )
            if (only is None or for_page) and sitting.alive:
                with contextlib.suppress(StudentFailure):
                    sitting.on_later_cells = sitting.moments.notes_on(changed_later(student))
            self.checks.run(run)
            return run

    def _space(self, sitting: Sitting, owner: str) -> Space:
        return Space(Link(sitting, owner=owner, wall_s=self.limits.call_s))


class _Gate:
    """Says of each check whether it may run: an exercise that ended or hung its kernel may not."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.stopped: dict[str, str] = {}

    def over(self, result: CheckResult) -> None:
        how = _FATAL.get(result.outcome)
        if how is not None:
            self.stopped.setdefault(result.check.exercise, _STOPPED.format(how=how))

    def reason_against(self, check: CheckId) -> str:
        if check.exercise in self.stopped:
            return self.stopped[check.exercise]
        out_of_time = _OUT_OF_TIME.format(limit=self.sitting.limits.submission_s)
        if self.sitting.time_left_s <= 0:
            return out_of_time
        if not self.sitting.alive and not self.sitting.open():
            return out_of_time
        return ""


def reference_space(assignment: Assignment) -> Space:
    """The reference solution's namespace, in this process; raises ChecksBroken."""
    try:
        with _environment(assignment.env), _temporary_files():
            return local_space(
                assignment.reference, wall_s=_SOLUTION_CALL_S, home=assignment.files_folder
            )
    except SolutionFailed as failed:
        raise ChecksBroken(assignment.name, f"the reference solution fails: {failed}") from failed


@contextlib.contextmanager
def _temporary_files() -> Iterator[None]:
    """What a notebook's cells leave in the temporary folder goes: workers end without atexit."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="reference-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


@contextlib.contextmanager
def _environment(env: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in env}
    os.environ.update(env)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
