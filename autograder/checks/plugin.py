"""The pytest plugin that runs hidden checks, and what it keeps of a run for one submission.

The judge makes one `CheckRun` for a submission. Whatever pytest does not tell of is closed as "not
run" by `autograder.results.close`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import _pytest.assertion.util
import pytest
from _pytest.runner import runtestprotocol

from autograder.checks.facts import CourseFacts, HiddenDigits
from autograder.checks.faults import Scene
from autograder.checks.lending import AskedLater, NotPublic
from autograder.checks.marks import Mark, mark_of
from autograder.checks.outcomes import Ending, QuoteLine, ending_of
from autograder.checks.scoring import Credit
from autograder.checks.secret_random import SecretRandom, derived_seed
from autograder.checks.trail import Recorder, Trail
from autograder.errors import KitError
from autograder.namespace.failures import MissingName, StudentDied, StudentTimeout
from autograder.namespace.space import (
    RunCell,
    Space,
    new_round,
    observed_in_round,
    run_again,
    time_limit,
)
from autograder.namespace.turns import FailedLook, Turn, begin_turn
from autograder.results import CheckId, CheckResult, Observed, Outcome, Sentence

WhyMissing = Callable[[str, str], str]
"""Says of an exercise, or "", and a name how the cell ended that should have defined it, or ""."""

_NEARLY_ALL = 0.95
_MOST_RECORDED = 20_000  # characters of JSON, with the result of one check


class _MayNotRun(Exception):
    """Raised in the place of a check; its text is the reason."""


def _no_cell(name: str, _wall_s: float) -> None:
    raise MissingName(name, [])


class CheckRun:
    """One run of an assignment's checks, for one submission.

    `fresh` is a space in which no code of the student's has run, for what their files hold;
    `may_run` is asked before each check and gives "" or the reason why it may not run;
    `over` is told each check's result; `trail` is what the reference has shown of the checks, and
    `recorder` records it where the reference is the student; `only` are the exercises whose checks
    run, and `graded` those that the notebook grades, in its order, where None is any.
    """

    def __init__(
        self,
        *,
        assignment: str,
        student: Space,
        solution: Space,
        fresh: Space,
        seed: bytes,
        course: CourseFacts,
        hidden_digits: Callable[[], HiddenDigits],
        public_digits: Callable[[], HiddenDigits] | None = None,
        quote_line: QuoteLine = lambda _number, _line: "",
        why_missing: WhyMissing = lambda _exercise, _name: "",
        run_again: RunCell = _no_cell,
        trail: Trail | None = None,
        recorder: Recorder | None = None,
        may_run: Callable[[CheckId], str] = lambda _check: "",
        over: Callable[[CheckResult], None] = lambda _result: None,
        only: frozenset[str] | None = None,
        graded: Sequence[str] | None = None,
    ) -> None:
        self.assignment = assignment
        self.spaces = {"student": student, "solution": solution, "fresh": fresh}
        self.seed = seed
        self.course_facts = course
        self.load_hidden_digits = hidden_digits
        self.load_public_digits = public_digits
        self.quote_line = quote_line
        self.why_missing = why_missing
        self.run_cell_again = run_again
        self.trail = trail or Trail()
        self.recorder = recorder
        self.may_run = may_run
        self.over = over
        self.only = only
        self.graded = graded
        self.expected: list[CheckId] = []
        self.found: dict[tuple[str, str], CheckResult] = {}
        self.credits: dict[str, Credit] = {}
        self.broken = ""
        self.trouble: KitError | None = None
        self.turn = Turn.FIRST_LOOKS
        self.later: dict[str, FailedLook | None] = {}
        self.for_page: dict[str, dict[str, Any]] = {}
        self._ended_once: set[str] = set()

    def is_for_later(self, check: CheckId) -> bool:
        """Whether a first look at its exercise has ended the kernel: others would too."""
        return self.turn is Turn.FIRST_LOOKS and check.exercise in self._ended_once

    def place_of(self, exercise: str) -> int:
        """Where an exercise stands in the notebook.

        In this order exercises are asked once more, beside what they are lent: answers call what
        stands above them, so that nothing of an exercise's own was lent before to be kept.
        """
        return self.graded.index(exercise) if self.graded is not None else 0

    def begin_round(self, check: CheckId) -> None:
        """Gives each side a new round of handles, drawn for this check alone."""
        for owner, space in self.spaces.items():
            stream = f"{self.assignment}:{check.name}:{owner}'s side"
            new_round(space, derived_seed(self.seed, stream), check.exercise)
        failed = None if self.turn is Turn.FIRST_LOOKS else self.later.get(check.name)
        begin_turn(self.spaces["student"], self.turn, failed)

    def ended(
        self,
        check: CheckId,
        file: Path,
        call: pytest.CallInfo[None],
        recorded: Iterable[tuple[str, object]] = (),
    ) -> None:
        """Keeps how a check of this file ended: in its set-up, its call or its tear-down.

        `recorded` are the properties that it recorded.
        """
        if self.recorder is not None:
            self.recorder.files[check.name] = file.name
        problem = call.excinfo.value if call.excinfo is not None else None
        if isinstance(problem, AskedLater):
            self.ask_later(check, problem.failed)
            return
        if isinstance(problem, KitError):
            # The kit's own trouble (no kernel, no data) is no outcome and costs no points.
            self.trouble = self.trouble or problem
            return
        if isinstance(problem, pytest.FixtureLookupError):
            self.broken = f"{check.name} has a parameter that no fixture has: {problem.argname}"
        kept, refused = _kept(recorded)
        if refused:
            self.broken = f"{check.name} records {refused}"
        # Before anybody asks the student's side again.
        observed = self._observed(call)
        if isinstance(problem, _MayNotRun):
            reason = Sentence(text=str(problem))
            credit, ending = 0.0, Ending(outcome=Outcome.NOT_RUN, sentences=(reason,))
        elif problem is not None:
            ending = ending_of(
                problem,
                self.quote_line,
                self._scene(check, file, observed),
                self.why_missing,
                check.exercise,
            )
            credit = 0.0
        else:
            credit, ending = _earned(self.credits.get(check.name))
            if self.recorder is not None:
                self.recorder.passed(check.name, observed)
        self._keep(
            CheckResult(
                check=check,
                outcome=ending.outcome,
                credit=credit,
                sentences=ending.sentences,
                near=ending.near,
                hint=ending.hint,
                wall_s=round(call.duration, 4),
                observed=observed if credit < 1 else (),
                kept=kept,
            )
        )

    def told_for_page(self, exercise: str, recorded: Iterable[tuple[str, object]]) -> None:
        """Keeps what a function for pages has recorded, as far as it came."""
        kept, refused = _kept(recorded)
        if refused:
            self.broken = f"what is told of {exercise} for pages holds {refused}"
        self.for_page.setdefault(exercise, {}).update(kept)

    def ask_later(self, check: CheckId, failed: FailedLook | None = None) -> None:
        """Has a check asked again after all first looks."""
        self.later[check.name] = failed
        if failed is not None and isinstance(failed.problem, (StudentTimeout, StudentDied)):
            self._ended_once.add(check.exercise)

    def _scene(self, check: CheckId, file: Path, observed: tuple[Observed, ...]) -> Scene:
        return Scene(
            folder=file.parent,
            check=check.name,
            trail=self.trail,
            observed=observed,
            student=self.spaces["student"],
            solution=self.spaces["solution"],
        )

    def _observed(self, call: pytest.CallInfo[None]) -> tuple[Observed, ...]:
        return observed_in_round(self.spaces["student"]) if call.when == "call" else ()

    def withhold_hints(self, parts: Mapping[CheckId, str]) -> None:
        """Takes the hints of lost details away where an idea is lost: a detail is asked about where
        the rest is right, and its hint is untrue of what is wrong altogether.
        """
        lost = {check for check, part in parts.items() if part == "idea" and self._is_lost(check)}
        exercises = {check.exercise for check in lost}
        for check, part in parts.items():
            if part == "details" and check.exercise in exercises and self._is_lost(check):
                key = check.exercise, check.name
                self.found[key] = dataclasses.replace(self.found[key], hint=None)

    def _is_lost(self, check: CheckId) -> bool:
        found = self.found.get((check.exercise, check.name))
        return found is not None and found.credit < 1

    def _keep(self, result: CheckResult) -> None:
        self.found[result.check.exercise, result.check.name] = result
        self.over(result)


class ChecksPlugin:
    """What pytest is told of checks: their fixtures, and how each of them is run.

    It outlives the runs: `run` is the one that is going on.
    """

    def __init__(self) -> None:
        self.run: CheckRun
        self.checks: list[CheckId] = []
        self.broken = ""

    @pytest.fixture
    def student(self) -> Space:
        return self.run.spaces["student"]

    @pytest.fixture
    def solution(self) -> Space:
        return self.run.spaces["solution"]

    @pytest.fixture
    def fresh(self) -> Space:
        return self.run.spaces["fresh"]

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> SecretRandom:
        if _mark(request.node).for_page:
            raise NotPublic
        return SecretRandom(self.run.seed, f"{self.run.assignment}:{request.node.name}")

    @pytest.fixture
    def credit(self, request: pytest.FixtureRequest) -> Credit:
        return self.run.credits.setdefault(request.node.name, Credit())

    @pytest.fixture
    def run_again(self) -> Callable[[str], None]:
        """Called with an exercise: runs the student's cell of it once more in the notebook."""
        return partial(run_again, self.run.spaces["student"], self.run.run_cell_again)

    @pytest.fixture
    def course(self) -> CourseFacts:
        return self.run.course_facts

    @pytest.fixture
    def public_digits(self) -> HiddenDigits:
        """The test digits that students have at home."""
        if self.run.load_public_digits is None:
            raise NotPublic
        return self.run.load_public_digits()

    @pytest.fixture
    def hidden_digits(self) -> HiddenDigits:
        if self.run.turn is Turn.PUBLIC:
            raise NotPublic
        return self.run.load_hidden_digits()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Called by pytest after collection."""
        for item in items:
            mark = mark_of(getattr(item, "function", None))
            if mark is None:
                self.broken = f"{item.name} names no exercise: decorate it with @check"
                continue
            if mark.for_page:
                continue
            check = mark.check_id(item.name)
            if any(known.name == check.name for known in self.checks):
                self.broken = f"two checks are called {check.name}"
            self.checks.append(check)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Called by pytest for each file: one that cannot be imported makes the checks unusable."""
        if report.failed:
            # pytest's own mark of a line that says what was raised.
            raised = str(report.longrepr).strip().splitlines()[-1].removeprefix("E ").strip()
            self.broken = f"{Path(report.nodeid).name}: {raised}" if report.nodeid else raised

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Called for each check: pytest's own protocol, without the words for a terminal."""
        runtestprotocol(item, log=False, nextitem=nextitem)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        """Called by pytest to run a check: the time limit is the check's own."""
        # pytest's explanation of a comparison: its difference of two long texts takes hours.
        _pytest.assertion.util._reprcompare = None
        with (
            time_limit(self.run.spaces["student"], _mark(pyfuncitem).wall_s),
            self._watching(pyfuncitem.path.parent),
        ):
            return (yield)

    def _watching(self, folder: Path) -> contextlib.AbstractContextManager[None]:
        recorder = self.run.recorder
        return contextlib.nullcontext() if recorder is None else recorder.watching(folder)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Called by pytest before a check's fixtures are made: what may not run ends here."""
        # Not in pytest_runtest_protocol: leaving that early keeps the file of the check before
        # set up, and pytest then fails the first check of the next file.
        if self.run.is_for_later(check_of(item)):
            raise AskedLater(None)
        reason = self.run.may_run(check_of(item))
        if reason:
            raise _MayNotRun(reason)
        # Before the fixtures: what they set in the notebook is of this check, and stays for it.
        self.run.begin_round(check_of(item))
        item.user_properties.clear()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        """Called by pytest after set-up, call and tear-down of a check.

        In the place of its own report, whose traceback in words nobody reads: a failed check took
        49 ms for it.
        """
        if call.when == "call" or call.excinfo is not None:
            if is_for_page(item):
                self.run.told_for_page(_mark(item).exercise, item.user_properties)
            else:
                self.run.ended(check_of(item), item.path, call, item.user_properties)
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=("", None, ""),
            keywords={},
            outcome="passed" if call.excinfo is None else "failed",
            longrepr=None,
            when=call.when,  # type: ignore[arg-type]  # never "collect" here
        )


def check_of(item: pytest.Item) -> CheckId:
    """The check that a collected function is."""
    return _mark(item).check_id(item.name)


def part_of(item: pytest.Item) -> str:
    """What a collected check's points are for."""
    return _mark(item).part


def is_for_page(item: pytest.Item) -> bool:
    """Whether a collected function is not a check but records what pages show."""
    return _mark(item).for_page


def _mark(item: pytest.Item) -> Mark:
    mark = mark_of(getattr(item, "function", None))
    assert mark is not None, "collection refuses other functions"
    return mark


def _kept(recorded: Iterable[tuple[str, object]]) -> tuple[dict[str, Any], str]:
    """What a check recorded by pytest's `record_property`, and what of it can't be kept."""
    kept = dict(recorded)
    try:
        text = json.dumps(kept, allow_nan=False)
    except (TypeError, ValueError) as problem:
        return {}, f"a property that JSON can't hold ({problem})"
    if len(text) > _MOST_RECORDED:
        return {}, f"properties of {len(text):,} characters, more than {_MOST_RECORDED:,}"
    return json.loads(text), ""


def _earned(credit: Credit | None) -> tuple[float, Ending]:
    if credit is None:
        return 1.0, Ending(outcome=Outcome.PASSED)
    # A check that asked for `credit` and never awarded any has earned none.
    share = credit.share or 0.0
    sentences = tuple(Sentence(text=fact) for fact in credit.facts)
    outcome = Outcome.PASSED if share > 0 else Outcome.FAILED
    near = _NEARLY_ALL <= share < 1
    hint = credit.hint if share < 1 else None
    return share, Ending(outcome=outcome, sentences=sentences, hint=hint, near=near)
