"""Hostile and broken submissions are graded, and everything that must hold of them is looked at.

`pytest tests/attacks` grades a sample of all classes, `pytest tests/attacks --all-attacks` every
line of `attacks.jsonl`. A line's test is named by its id: `-k R01`. Lines are graded a few at a
time beside a good submission, by the command itself (see `harness`); a Linux machine that can
build the sandbox is needed, and without Chromium nothing is opened in a browser.

That the suite can fail is shown by taking a wall away. With the sandbox off, student code runs
with your own rights: on a throwaway machine only, and only lines that read or leave a marker.

    AUTOGRADER_ATTACKS_WITHOUT_SANDBOX=1 pytest tests/attacks --all-attacks -k "R01 or E01"

Both must then fail, R01 with the canaries that it found, E01 with the markers that it left.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import browser
from tests.attacks.evidence import Listener
from tests.attacks.harness import OFF, Arena, Batch, Evidence, batches
from tests.attacks.lines import CLASSES, Line, load
from tests.attacks.verdicts import problems

pytestmark = [
    pytest.mark.timeout(1800),
    pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux"),
]
HARMLESS_WITHOUT_SANDBOX = ("R01", "R04", "R10", "R13", "E01", "F01", "F16", "C01")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Called by pytest: a test for each line that is asked for, batch by batch."""
    if "line" in metafunc.fixturenames:
        everything = metafunc.config.getoption("--all-attacks")
        lines = [line for line in load() if everything or line.in_sample]
        if os.environ.get(OFF):
            lines = [line for line in lines if line.id.startswith(HARMLESS_WITHOUT_SANDBOX)]
        lines = [line for batch in batches(lines, together=not everything) for line in batch.lines]
        metafunc.parametrize("line", lines, ids=[line.id for line in lines])


class Results:
    """Batches are graded when the first of their lines is asked for."""

    def __init__(self, arena: Arena, listener: Listener, plan: list[Batch]) -> None:
        self.arena = arena
        self.listener = listener
        self.plan = plan
        self.known: dict[str, Evidence] = {}

    def of(self, line: Line) -> Evidence:
        """The evidence of the batch that the line is in."""
        if line.id not in self.known:
            batch = next(batch for batch in self.plan if line in batch.lines)
            found = self.arena.run(batch, self.listener)
            self.known.update({one.id: found for one in batch.lines})
        return self.known[line.id]


@pytest.fixture(scope="session")
def results(request: pytest.FixtureRequest) -> Iterator[Results]:
    functions = [item for item in request.session.items if isinstance(item, pytest.Function)]
    asked = [item.callspec.params["line"] for item in functions if "line" in item.fixturenames]
    lines = [line for line in asked if isinstance(line, Line)]
    with Listener() as listener:
        arena = Arena()
        everything = request.config.getoption("--all-attacks")
        yield Results(arena, listener, batches(lines, together=not everything))
        arena.close()


def test_the_walls_hold(line: Line, results: Results) -> None:
    found = results.of(line)

    assert problems(line, found) == []


def test_a_script_that_runs_is_seen_in_the_browser(tmp_path: Path) -> None:
    if browser.chromium() is None:
        pytest.skip("no Chromium on this machine: no page of class L was opened in a browser")

    hostile = f"<p>{'word ' * 9}<script>window.SEEN=1;document.title='SEEN'</script>"
    page = browser.Page(name="hostile", html=hostile, window_name="SEEN")

    sight = browser.look_at([page], tmp_path)["hostile"]

    assert (sight.ran, sight.title, sight.loaded) == (True, "SEEN", True)


def test_every_class_has_lines_in_the_sample() -> None:
    sampled = {line.kind for line in load() if line.in_sample}

    assert sampled == set(CLASSES)


def test_there_are_a_hundred_lines() -> None:
    assert len(load()) >= 100
