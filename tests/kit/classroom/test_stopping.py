"""A command that is told to end, or killed, leaves no process and no folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from autograder.kernel import folders
from tests.kit.course_maker import ASSIGNMENT, Mini, clean_env

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals as Linux has them")
ENDLESS = "import time\ntime.sleep(100)"


def wait_until(condition: Callable[[], object], wall_s: float = 60.0) -> None:
    deadline = time.monotonic() + wall_s
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of the test's own, for this process and for those that it starts.

    Its path is short: where a socket's would be too long, the fork server goes elsewhere.
    """
    folder = Path(tempfile.mkdtemp(prefix="t-"))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def grading(mini: Mini, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """`autograder grade`, in the middle of two submissions that take long."""
    for student in ("ada", "ben"):
        mini.hand_in(student, mini.answered(transpose=f"{ENDLESS}\ndef transpose(m):\n    pass"))
    process = subprocess.Popen(
        [sys.executable, "-c", "from autograder.cli import main; main()", "grade", ASSIGNMENT],
        cwd=mini.root,
        env={**clean_env(), "TMPDIR": str(temporary), "XDG_RUNTIME_DIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def kernels(temporary: Path) -> list[psutil.Process]:
    """The processes of submissions: the children of the fork server of this temporary folder."""
    found = []
    for one in psutil.process_iter(["cmdline"]):
        words = one.info["cmdline"] or []
        if "autograder.kernel.fork_server" in words and str(temporary) in " ".join(words):
            found.append(one)
    servers = {one.pid for one in found}
    return [one for one in found if one.ppid() in servers]


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_told_to_end_leaves_nothing(
    grading: subprocess.Popen[str], mini: Mini, temporary: Path, signum: signal.Signals
) -> None:
    wait_until(lambda: len(kernels(temporary)) == 2)
    workers = psutil.Process(grading.pid).children(recursive=True)

    grading.send_signal(signum)
    said, _ = grading.communicate(timeout=60)
    _, alive = psutil.wait_procs(workers, timeout=30)

    assert alive == []
    wait_until(lambda: not kernels(temporary))
    assert list(temporary.glob("ag-*")) == []
    assert list((mini.root / ".autograder" / "work").iterdir()) == []
    told = signum is not signal.SIGKILL
    assert grading.returncode == (128 + signum if told else -signum)
    assert "Traceback" not in said
    assert ("Stopped: 0 of 2 are graded and kept." in said) == told


def test_what_a_killed_process_left_is_removed_and_nothing_else(temporary: Path) -> None:
    in_use, lock = folders.make()
    kill_itself = "import os; from autograder.kernel import folders; f = folders.make(); os.abort()"
    env = {**clean_env(), "TMPDIR": str(temporary)}
    subprocess.run([sys.executable, "-c", kill_itself], env=env, check=False)
    (temporary / "ag-others").mkdir(mode=0o700)
    (temporary / "ag-link").symlink_to(in_use)
    before = set(temporary.glob("ag-*"))

    folders.remove_stale()

    left = set(temporary.glob("ag-*"))
    lock.close()
    assert len(before) == 4
    assert left == {in_use, temporary / "ag-others", temporary / "ag-link"}
    assert os.listdir(in_use) != []
