"""An assignment's checks: collected by pytest once, run for one submission after another.

To start pytest and collect the same files for each submission took an eighth of a judge's time.
pytest itself allows for items that are run again; what a run leaves is in its `CheckRun`.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from _pytest.config import _prepareconfig

from autograder.checks import tool_files
from autograder.checks.plugin import CheckRun, ChecksPlugin, check_of, is_for_page, part_of
from autograder.errors import ChecksBroken, KitError
from autograder.namespace.turns import Turn
from autograder.results import CheckId

# What pytest's own plugins do for people at a terminal took half of the time of a run.
_NOT_NEEDED = (
    *("terminal", "capture", "logging", "warnings", "recwarn", "debugging", "pastebin"),
    *("cacheprovider", "stepwise", "setuponly", "setupplan", "subtests"),
    *("doctest", "unittest", "legacypath", "faulthandler", "threadexception"),
    *("unraisableexception",),
)


class Checks:
    """The checks of a folder's `test_*.py`, collected again whenever one of these has changed."""

    def __init__(self, assignment: str, folder: Path) -> None:
        self.assignment = assignment
        self.folder = Path(os.path.abspath(folder))
        self._session: _Session | None = None
        self._collected_from: dict[Path, bytes] = {}

    def collect(self) -> list[CheckId]:
        """The checks there are, without running any; raises ChecksBroken."""
        with self._silently():
            return list(self._collected().plugin.checks)

    def run(self, run: CheckRun) -> None:
        """Runs the checks in this process.

        Raises ChecksBroken where they cannot be collected, name no exercise, or their reference
        fails, and the KitError of whatever the kit could not do in between.
        """
        with self._silently():
            self._run(run)

    @contextlib.contextmanager
    def _silently(self) -> Iterator[None]:
        """What pytest or a check prints is nobody's; what pytest raises is told as ChecksBroken."""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                yield
            except BaseException as problem:
                self._forget()  # What the check in the middle had set up is not torn down.
                if isinstance(problem, KitError) or not isinstance(problem, Exception):
                    raise
                told = f"pytest stopped: {type(problem).__name__}: {problem}"
                raise ChecksBroken(self.assignment, told) from problem

    def _run(self, run: CheckRun) -> None:
        session = self._collected()
        run.expected = list(session.plugin.checks)
        for check in run.expected:
            if run.graded is not None and check.exercise not in run.graded:
                raise ChecksBroken(self.assignment, _of_no_exercise(check, run.graded))
        session.run(run)
        if run.trouble is not None:
            raise run.trouble
        if run.broken:
            raise ChecksBroken(self.assignment, run.broken)

    def _collected(self) -> _Session:
        if not self.folder.is_dir():
            raise ChecksBroken(self.assignment, f"{self.folder} is not there")
        files = sorted(self.folder.glob("test_*.py"))
        if not files:
            raise ChecksBroken(self.assignment, f"{self.folder} holds no check")
        contents = {path: path.read_bytes() for path in (*files, *tool_files.files(self.folder))}
        if self._session is None or self._collected_from != contents:
            self._forget()
            self._session = _Session(self.folder, files)
            self._collected_from = contents
        if self._session.plugin.broken:
            raise ChecksBroken(self.assignment, self._session.plugin.broken)
        if not self._session.plugin.checks:
            raise ChecksBroken(self.assignment, f"no tests ran: {self.folder} holds no check")
        return self._session

    def _forget(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


class _Session:
    """One start of pytest: its configuration and the items that it has collected."""

    def __init__(self, folder: Path, files: list[Path]) -> None:
        self.plugin = ChecksPlugin()
        arguments = [
            # The files, not the folder: pytest would walk through the mistakes and variants too.
            *map(str, files),
            *("-c", "/dev/null", "--rootdir", str(folder), "--confcutdir", str(folder)),
            *("--noconftest", "--import-mode=importlib", "--assert=rewrite"),
            *("-o", "python_functions=test_* page_*"),
            *(argument for name in _NOT_NEEDED for argument in ("-p", f"no:{name}")),
        ]
        with _no_plugins(), _modules_forgotten(folder):
            # As pytest-xdist's workers do, whose loop is their own too.
            self.config = _prepareconfig(arguments, [self.plugin])
            self.config._do_configure()
            self.session = pytest.Session.from_config(self.config)
            self.config.hook.pytest_sessionstart(session=self.session)
            self.config.hook.pytest_collection(session=self.session)

    def run(self, run: CheckRun) -> None:
        """Runs the checks of the exercises that the run is about, up to the kit's first trouble."""
        self.plugin.run = run
        wanted = [item for item in self.session.items if _is_wanted(check_of(item), run.only)]
        chosen = [item for item in wanted if not is_for_page(item)]
        if run.load_public_digits is not None:
            run.turn = Turn.PUBLIC
            self._run(run, [item for item in wanted if is_for_page(item)])
            run.turn = Turn.FIRST_LOOKS
        self._run(run, chosen)
        if run.later and run.trouble is None:
            run.turn = Turn.ANY
            later = [item for item in chosen if check_of(item).name in run.later]
            self._run(run, sorted(later, key=lambda item: run.place_of(check_of(item).exercise)))
        run.withhold_hints({check_of(item): part_of(item) for item in chosen})

    def _run(self, run: CheckRun, items: list[pytest.Item]) -> None:
        for item, following in zip(items, [*items[1:], None], strict=False):
            self.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if run.trouble is not None:
                return

    def close(self) -> None:
        """Tears down what is set up still."""
        with contextlib.suppress(Exception):
            self.config.hook.pytest_sessionfinish(session=self.session, exitstatus=0)
        with contextlib.suppress(Exception):
            self.config._ensure_unconfigure()


def _is_wanted(check: CheckId, only: frozenset[str] | None) -> bool:
    return only is None or check.exercise in only


def _of_no_exercise(check: CheckId, graded: Sequence[str]) -> str:
    close = difflib.get_close_matches(check.exercise, sorted(graded), n=1)
    mend = f"did you mean {close[0]}?" if close else f"it grades {', '.join(sorted(graded))}"
    return f"{check.name} is of {check.exercise}, which the notebook does not grade ({mend})"


@contextlib.contextmanager
def _modules_forgotten(folder: Path) -> Iterator[None]:
    """Check files are read again when they are collected again: they may have been edited, and
    pytest would take a check file of another assignment for one of the same name.
    """
    imported_before = set(sys.modules)
    try:
        yield
    finally:
        for name in sys.modules.keys() - imported_before:
            if str(getattr(sys.modules[name], "__file__", None)).startswith(f"{folder}{os.sep}"):
                del sys.modules[name]


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
