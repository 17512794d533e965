"""A job in a process of its own: what its budget ends, and what is left behind."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import psutil
import pytest

from autograder.marking.child import Budget, Overrun, in_child

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the judge's child is forked"),
    # pytest-xdist's own thread waits for work; nothing here depends on it.
    pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning"),
]
ENOUGH = Budget(wall_s=30.0)


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


@pytest.fixture(autouse=True)
def nothing_left() -> Any:
    before = children()
    yield
    assert [child for child in children() if child not in before] == []


def test_what_a_job_gives_comes_back() -> None:
    given = {"text": "ü\ud800", "numbers": [1, 2.5, None], "large": "x" * 5_000_000}

    assert in_child(lambda: given, ENOUGH) == given


def test_a_job_changes_nothing_here() -> None:
    here: list[int] = []

    def job() -> int:
        here.append(1)
        return len(here)

    assert in_child(job, ENOUGH) == 1
    assert here == []


def _holds_memory() -> None:
    held = bytearray(b"x" * (600 << 20))
    time.sleep(60)
    del held


@pytest.mark.parametrize(
    ("job", "budget", "why"),
    [
        (lambda: time.sleep(60), Budget(wall_s=0.3), "judging it took longer than 0.3 s"),
        (
            _holds_memory,
            Budget(wall_s=30.0, memory_mb=500),
            "judging it took more than 500 MB of memory",
        ),
        (
            lambda: os.kill(os.getpid(), signal.SIGKILL),
            ENOUGH,
            r"the process that judged it ended \(signal 9\)",
        ),
        (lambda: os._exit(3), ENOUGH, r"the process that judged it ended \(exit code 3\)"),
        (lambda: 1 / 0, ENOUGH, r"the process that judged it ended \(exit code 1\)"),
        (lambda: {1, 2}, ENOUGH, r"the process that judged it ended \(exit code 1\)"),
    ],
)
def test_a_job_that_comes_to_no_result_is_overrun(
    job: Callable[[], Any], budget: Budget, why: str
) -> None:
    with pytest.raises(Overrun, match=why):
        in_child(job, budget)


def test_a_job_that_ignores_its_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.marking.child._PUT_AWAY_S", 0.3)

    def job() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)

    with pytest.raises(Overrun):
        in_child(job, Budget(wall_s=0.3))


def test_a_job_that_is_ended_puts_away_what_it_has_made(tmp_path: Any) -> None:
    def job() -> None:
        (tmp_path / "made").touch()
        try:
            time.sleep(60)
        finally:
            (tmp_path / "made").unlink()

    with pytest.raises(Overrun):
        in_child(job, Budget(wall_s=0.5))

    assert not (tmp_path / "made").exists()


class _SlowToGo:
    """Its end takes long, in a place where Python forgets whatever is raised."""

    def __del__(self) -> None:
        time.sleep(60)


def test_an_end_that_python_forgets_comes_again(
    tmp_path: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    def job() -> None:
        (tmp_path / "made").touch()
        try:
            _SlowToGo()
            time.sleep(60)
        finally:
            (tmp_path / "made").unlink()

    with pytest.raises(Overrun):
        in_child(job, Budget(wall_s=0.5))

    assert not (tmp_path / "made").exists()
    assert "Traceback" not in capfd.readouterr().err


def test_a_job_that_nobody_waits_for_is_ended() -> None:
    ours, theirs = socket.socketpair()
    threading.Timer(0.3, ours.close).start()

    def job() -> None:
        ours.close()
        time.sleep(60)

    with theirs, pytest.raises(KeyboardInterrupt):
        in_child(job, ENOUGH, caller=theirs.fileno())
