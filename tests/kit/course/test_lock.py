"""One writer at a time: who it is, who waits, and what a writer that was killed leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from autograder.course.lock import SomebodyWrites, writing
from tests.kit.course_maker import Mini, clean_env

HOLDS = """
import sys, time
from pathlib import Path
from autograder.course.course import open_course
from autograder.course.lock import writing
from autograder.settings.load import load
with writing(open_course(load(Path.cwd())), "grading a1"):
    print("held", flush=True)
    time.sleep(float(sys.argv[1]))
    Path("ended").touch()
"""


def holder(mini: Mini, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", HOLDS, str(seconds)],
        cwd=mini.root,
        env=clean_env(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.fixture
def other(mini: Mini) -> Iterator[subprocess.Popen[str]]:
    """Another process, which writes the course."""
    process = holder(mini, 100)
    yield process
    process.kill()
    process.communicate()


def test_a_second_writer_is_told_who_writes(mini: Mini, other: subprocess.Popen[str]) -> None:
    with pytest.raises(SomebodyWrites) as refused, writing(mini.course, "grading"):
        pass

    assert refused.value.exit_code == 2
    assert "is grading a1 since " in refused.value.fact
    assert f"(process {other.pid})" in refused.value.fact


def test_a_writer_that_is_killed_leaves_the_course_free(
    mini: Mini, other: subprocess.Popen[str]
) -> None:
    other.send_signal(signal.SIGKILL)
    other.wait()

    with writing(mini.course, "grading"):
        pass


def test_who_waits_begins_when_the_other_has_ended_and_is_told_of_it_once(mini: Mini) -> None:
    process = holder(mini, 1.5)
    said: list[str] = []

    with writing(mini.course, "grading", wait=True, say=said.append):
        assert (mini.root / "ended").exists()

    assert len(said) == 1
    assert said[0].endswith(f"(process {process.pid}): waiting until it has ended …")
    process.communicate()


def test_a_writer_may_take_the_lock_again(mini: Mini) -> None:
    with writing(mini.course, "grading"):
        with writing(mini.course, "building"):
            pass
        # Still held.
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", HOLDS, "0"],
            cwd=mini.root,
            env=clean_env(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert "SomebodyWrites" in ran.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_forked_worker_does_not_keep_the_lock(mini: Mini) -> None:
    with writing(mini.course, "grading"):
        child = os.fork()
        if child == 0:
            signal.pause()
    try:
        holder(mini, 0).communicate()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
