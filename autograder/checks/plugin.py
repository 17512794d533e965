"""The pytest plugin that runs hidden checks for one submission and keeps what they found.

The judge makes one `CheckRun` for a submission and hands it to pytest as a plugin. Whatever
pytest does not tell of is closed as "not run" by `autograder.results.close`.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch
from _pytest.runner import runtestprotocol

from autograder.checks.marks import Mark, mark_of
from autograder.checks.outcomes import Ending, QuoteLine, ending_of
from autograder.checks.scoring import Credit
from autograder.checks.secret_random import SecretRandom, derived_seed
from autograder.errors import ChecksBroken, KitError
from autograder.namespace.failures import MissingName, SolutionFailed
from autograder.namespace.space import (
    RunCell,
    Space,
    new_round,
    observed_in_round,
    run_again,
    time_limit,
)
from autograder.results import CheckId, CheckResult, Observed, Outcome, Sentence

# What pytest's own plugins do for people at a terminal took half of the time of a run.
_NOT_NEEDED = (
    *("terminal", "capture", "logging", "warnings", "recwarn", "debugging", "pastebin"),
    *("cacheprovider", "stepwise", "junitxml", "setuponly", "setupplan", "subtests"),
    *("doctest", "unittest", "legacypath", "faulthandler", "threadexception"),
    *("unraisableexception",),
)
_CREDIT = pytest.StashKey[Credit]()


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseFacts:
    """What checks may know of the course's settings: the `course` fixture."""

    minimum_accuracy: float = 0.70
    full_marks_accuracy: float = 0.85
    show_values: bool = False


HiddenDigits = tuple[torch.Tensor, torch.Tensor]
"""Images, float32 (N, 1, 28, 28) in 0…1, and labels, int64 (N,)."""


class _MayNotRun(Exception):
    """Raised in the place of a check; its text is the reason."""


def _no_cell(name: str, _wall_s: float) -> None:
    raise MissingName(name, [])


class CheckRun:
    """One run of an assignment's checks.

    `may_run` is asked before each check and gives "" or the reason why it may not run;
    `over` is told each check's result; `graded` are the exercises that the notebook grades, where
    None is any.
    """

    def __init__(
        self,
        *,
        assignment: str,
        student: Space,
        solution: Space,
        seed: bytes,
        course: CourseFacts,
        hidden_digits: Callable[[], HiddenDigits],
        quote_line: QuoteLine = lambda _number, _line: "",
        run_again: RunCell = _no_cell,
        may_run: Callable[[CheckId], str] = lambda _check: "",
        over: Callable[[CheckResult], None] = lambda _result: None,
        only: frozenset[str] | None = None,
        graded: frozenset[str] | None = None,
    ) -> None:
        self.assignment = assignment
        self.spaces = {"student": student, "solution": solution}
        self.seed = seed
        self.course_facts = course
        self.load_hidden_digits = hidden_digits
        self.quote_line = quote_line
        self.run_cell_again = run_again
        self.may_run = may_run
        self.over = over
        self.only = only
        self.graded = graded
        self.expected: list[CheckId] = []
        self.found: dict[tuple[str, str], CheckResult] = {}
        self.broken = ""
        self.trouble: BaseException | None = None

    @pytest.fixture
    def student(self) -> Space:
        return self.spaces["student"]

    @pytest.fixture
    def solution(self) -> Space:
        return self.spaces["solution"]

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> SecretRandom:
        return SecretRandom(self.seed, f"{self.assignment}:{request.node.name}")

    @pytest.fixture
    def credit(self, request: pytest.FixtureRequest) -> Credit:
        return request.node.stash.setdefault(_CREDIT, Credit())

    @pytest.fixture
    def run_again(self) -> Callable[[str], None]:
        """Called with an exercise: runs the student's cell of it once more in the notebook."""
        return partial(run_again, self.spaces["student"], self.run_cell_again)

    @pytest.fixture
    def course(self) -> CourseFacts:
        return self.course_facts

    @pytest.fixture
    def hidden_digits(self) -> HiddenDigits:
        return self.load_hidden_digits()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Called by pytest after collection: from here on every check is owed an ending."""
        chosen = []
        for item in items:
            mark = mark_of(getattr(item, "function", None))
            if mark is None:
                self.broken = f"{item.name} names no exercise: decorate it with @check"
                continue
            check = mark.check_id(item.name)
            if any(known.name == check.name for known in self.expected):
                self.broken = f"two checks are called {check.name}"
            if self.graded is not None and mark.exercise not in self.graded:
                self.broken = _of_no_exercise(check, self.graded)
            self.expected.append(check)
            if self.only is None or mark.exercise in self.only:
                chosen.append(item)
        items[:] = chosen

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Called by pytest for each file: one that cannot be imported makes the checks unusable."""
        if report.failed:
            self.broken = str(report.longrepr).strip().splitlines()[-1]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Called by pytest for each check: its own protocol, without the words for a terminal."""
        runtestprotocol(item, log=False, nextitem=nextitem)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        """Called by pytest to run a check: the time limit and the round are the check's own."""
        mark = _mark(pyfuncitem)
        for owner, space in self.spaces.items():
            stream = f"{self.assignment}:{pyfuncitem.name}:{owner}'s side"
            new_round(space, derived_seed(self.seed, stream))
        with time_limit(self.spaces["student"], mark.wall_s):
            return (yield)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Called by pytest before a check's fixtures are made: what may not run ends here."""
        # Not in pytest_runtest_protocol: leaving that early keeps the file of the check before
        # set up, and pytest then fails the first check of the next file.
        reason = self.may_run(_mark(item).check_id(item.name))
        if reason:
            raise _MayNotRun(reason)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Called by pytest, which only prints it, when one of our own functions raised."""
        self.trouble = self.trouble or excinfo.value

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Called by pytest, which stops quietly: a grade with half the checks must not be kept."""
        # Interrupted is pytest's own way to stop after a collection that failed.
        if not isinstance(excinfo.value, pytest.Session.Interrupted):
            self.trouble = self.trouble or excinfo.value

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Iterator[Any]:
        """Called by pytest after set-up, call and tear-down of a check."""
        if call.when == "call" or call.excinfo is not None:
            self._ended(item, call)
        return (yield)

    def _ended(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        check = _mark(item).check_id(item.name)
        problem = call.excinfo.value if call.excinfo is not None else None
        if isinstance(problem, KitError):
            # The kit's own trouble (no kernel, no data) is no outcome and costs no points.
            self.trouble = self.trouble or problem
            item.session.shouldstop = "the kit has a problem"
            return
        if isinstance(problem, SolutionFailed):
            self.broken = f"{check.name}: the reference solution failed: {problem}"
        if isinstance(problem, pytest.FixtureLookupError):
            self.broken = f"{check.name} has a parameter that no fixture has: {problem.argname}"
        if isinstance(problem, _MayNotRun):
            reason = Sentence(text=str(problem))
            credit, ending = 0.0, Ending(outcome=Outcome.NOT_RUN, sentences=(reason,))
        elif problem is not None:
            ending = ending_of(problem, self.quote_line)
            credit = 0.0
        else:
            credit, ending = _earned(item)
        self._keep(
            CheckResult(
                check=check,
                outcome=ending.outcome,
                credit=credit,
                sentences=ending.sentences,
                hint=ending.hint,
                wall_s=round(call.duration, 4),
                observed=self._observed(call) if credit < 1 else (),
            )
        )

    def _observed(self, call: pytest.CallInfo[None]) -> tuple[Observed, ...]:
        # Before "call" the round is still that of the check before.
        return observed_in_round(self.spaces["student"]) if call.when == "call" else ()

    def _keep(self, result: CheckResult) -> None:
        self.found[result.check.exercise, result.check.name] = result
        self.over(result)


def _of_no_exercise(check: CheckId, graded: frozenset[str]) -> str:
    close = difflib.get_close_matches(check.exercise, sorted(graded), n=1)
    mend = f"did you mean {close[0]}?" if close else f"it grades {', '.join(sorted(graded))}"
    return f"{check.name} is of {check.exercise}, which the notebook does not grade ({mend})"


def _mark(item: pytest.Item) -> Mark:
    mark = mark_of(getattr(item, "function", None))
    assert mark is not None, "collection keeps marked functions only"
    return mark


def _earned(item: pytest.Item) -> tuple[float, Ending]:
    credit = item.stash.get(_CREDIT, None)
    if credit is None:
        return 1.0, Ending(outcome=Outcome.PASSED)
    # A check that asked for `credit` and never awarded any has earned none.
    share = credit.share or 0.0
    sentences = tuple(Sentence(text=fact) for fact in credit.facts)
    outcome = Outcome.PASSED if share > 0 else Outcome.FAILED
    return share, Ending(outcome=outcome, sentences=sentences)


def run_checks(run: CheckRun, folder: Path) -> float:
    """Runs the checks of a folder with pytest in this process; the seconds that it took.

    Raises ChecksBroken where they cannot be collected, name no exercise, or their reference fails,
    and the KitError of whatever the kit could not do in between.
    """
    started = time.perf_counter()
    printed = io.StringIO()
    folder = Path(os.path.abspath(folder))
    if not folder.is_dir():
        raise ChecksBroken(run.assignment, f"{folder} is not there")
    inside = f"{folder}{os.sep}"
    files = [str(path) for path in sorted(folder.glob("test_*.py"))]
    if not files:
        raise ChecksBroken(run.assignment, f"{folder} holds no check")
    arguments = [
        # The files, not the folder: pytest would walk through the mistakes and variants too.
        *files,
        *("-c", "/dev/null", "--rootdir", str(folder), "--confcutdir", str(folder)),
        *("--noconftest", "--import-mode=importlib", "--assert=plain"),
        *("-o", "python_functions=test_*"),
        *(argument for name in _NOT_NEEDED for argument in ("-p", f"no:{name}")),
    ]
    imported_before = set(sys.modules)
    with _no_plugins(), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            code = pytest.main(arguments, plugins=[run])
        finally:
            # They may be edited before the next submission, and pytest would take a check file of
            # another assignment for one of the same name.
            for name in sys.modules.keys() - imported_before:
                if str(getattr(sys.modules[name], "__file__", None)).startswith(inside):
                    del sys.modules[name]
    if isinstance(run.trouble, (KitError, KeyboardInterrupt)):
        raise run.trouble
    if run.trouble is not None:
        told = f"{type(run.trouble).__name__}: {run.trouble}"
        raise ChecksBroken(run.assignment, f"pytest stopped: {told}") from run.trouble
    if run.broken:
        raise ChecksBroken(run.assignment, run.broken)
    if not run.expected and code == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise ChecksBroken(run.assignment, f"no tests ran: {folder} holds no check")
    if not run.expected:
        last = printed.getvalue().strip().splitlines()[-1:] or [f"pytest ended with {code}"]
        raise ChecksBroken(run.assignment, last[0])
    return time.perf_counter() - started


@contextlib.contextmanager
def _no_plugins() -> Iterator[None]:
    """Only pytest's own plugins and ours: what else is installed must not touch a grade."""
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        patch.delenv(name, raising=False)
    try:
        yield
    finally:
        patch.undo()
