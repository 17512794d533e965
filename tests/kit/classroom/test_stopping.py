"""A command that is told to end, or killed, leaves no process and no folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from autograder.files import make_temporary, remove_stale_temporary
from autograder.kernel import launcher
from autograder.marking.template import WarmWorkers
from tests.kit.course_maker import ASSIGNMENT, Mini, clean_env

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="signals as Linux has them"),
    pytest.mark.timeout(900),  # On a busy machine each command takes a minute to start.
]
ENDLESS = "import time\ntime.sleep(100)"
TOLD = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def wait_until(condition: Callable[[], object], wall_s: float = 240.0) -> None:
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
def ignored() -> Sequence[signal.Signals]:
    """The signals that are switched off where `autograder grade` is started. A test may name some:
    `nohup`, a shell's background jobs and many CI runners switch off SIGHUP or SIGINT.
    """
    return ()


@pytest.fixture
def grading(
    mini: Mini, temporary: Path, ignored: Sequence[signal.Signals]
) -> Iterator[subprocess.Popen[str]]:
    """`autograder grade`, in the middle of two submissions that take long."""
    for student in ("ada", "ben"):
        mini.hand_in(student, mini.answered(transpose=f"{ENDLESS}\ndef transpose(m):\n    pass"))
    process = subprocess.Popen(
        [sys.executable, "-c", started_with(ignored), "grade", ASSIGNMENT],
        cwd=mini.root,
        env={**clean_env(), "TMPDIR": str(temporary), "XDG_RUNTIME_DIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def started_with(ignored: Sequence[signal.Signals]) -> str:
    """The program `autograder`, started with these signals ignored and with no others.

    A process inherits ignored signals, so without this it would depend on how pytest was started.
    """
    defaults = dict.fromkeys(TOLD, "signal.SIG_DFL")
    defaults[signal.SIGINT] = "signal.default_int_handler"
    handlers = {**defaults, **dict.fromkeys(ignored, "signal.SIG_IGN")}
    lines = [f"signal.signal({signum:d}, {handler})" for signum, handler in handlers.items()]
    return "\n".join(["import signal", *lines, "from autograder.cli import main; main()"])


def kernels(temporary: Path) -> list[psutil.Process]:
    """The processes of submissions: the children of the fork server of this temporary folder."""
    found = []
    for one in psutil.process_iter(["cmdline"]):
        words = one.info["cmdline"] or []
        if launcher.SERVER in words and str(temporary) in " ".join(words):
            found.append(one)
    servers = {one.pid for one in found}
    return [one for one in found if _parent(one) in servers]


def _parent(process: psutil.Process) -> int:
    try:
        return int(process.ppid())
    except psutil.NoSuchProcess:
        return 0


@pytest.mark.parametrize("signum", [*TOLD, signal.SIGKILL])
def test_a_run_that_is_told_to_end_leaves_nothing(
    grading: subprocess.Popen[str], mini: Mini, temporary: Path, signum: signal.Signals
) -> None:
    said = end(grading, mini, temporary, signum)

    told = signum is not signal.SIGKILL
    assert grading.returncode == (128 + signum if told else -signum)
    assert ("Stopped: 0 of 2 are graded and kept." in said) == told


@pytest.mark.parametrize("ignored", [[signal.SIGHUP], [signal.SIGINT, signal.SIGHUP]])
def test_a_run_in_the_background_ends_on_sigterm_and_ignores_what_was_switched_off(
    grading: subprocess.Popen[str], mini: Mini, temporary: Path, ignored: list[signal.Signals]
) -> None:
    wait_until(lambda: len(kernels(temporary)) == 2)
    for signum in ignored:
        grading.send_signal(signum)

    # Had it ended because of one of those, the exit code would be another.
    said = end(grading, mini, temporary, signal.SIGTERM)

    assert grading.returncode == 128 + signal.SIGTERM
    assert "Stopped: 0 of 2 are graded and kept." in said


def end(grading: subprocess.Popen[str], mini: Mini, temporary: Path, signum: signal.Signals) -> str:
    """Sends the signal in the middle of the work, looks at what is left, gives what was printed."""
    wait_until(lambda: len(kernels(temporary)) == 2)

    grading.send_signal(signum)
    said, _ = grading.communicate(timeout=60)

    if signum is signal.SIGKILL:
        # Its workers hear of it by themselves, and nobody waits for them.
        wait_until(lambda: not list(temporary.glob("ag-*")), wall_s=60)
    assert list(temporary.glob("ag-*")) == []
    wait_until(lambda: not kernels(temporary))
    assert list((mini.root / ".autograder" / "work").iterdir()) == []
    assert "Traceback" not in said
    return said


def leave_behind(temporary: Path, mode: int = 0o700) -> None:
    """Has a process die with a temporary folder."""
    kill_itself = (
        "import os; from autograder import files; folder, lock = files.make_temporary(); "
        f"folder.chmod({mode}); os.abort()"
    )
    env = {**clean_env(), "TMPDIR": str(temporary)}
    subprocess.run([sys.executable, "-c", kill_itself], env=env, check=False)


def test_what_a_killed_process_left_is_removed_and_nothing_else(temporary: Path) -> None:
    in_use, lock = make_temporary()
    leave_behind(temporary)
    leave_behind(temporary, mode=0o1700)  # As jupyter_client makes a kernel's.
    (temporary / "ag-others").mkdir(mode=0o700)
    (temporary / "ag-link").symlink_to(in_use)
    before = set(temporary.glob("ag-*"))

    remove_stale_temporary()

    left = set(temporary.glob("ag-*"))
    lock.close()
    assert len(before) == 5
    assert left == {in_use, temporary / "ag-others", temporary / "ag-link"}
    assert os.listdir(in_use) != []


def test_the_end_of_workers_removes_what_they_were_killed_in(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(temporary))
    workers = WarmWorkers(1)
    assert workers.template.alive  # It is there; what comes before that removes nothing.
    leave_behind(temporary)
    assert list(temporary.glob("ag-*")) != []

    workers.shutdown()

    assert list(temporary.glob("ag-*")) == []


def test_a_folder_whose_making_is_interrupted_is_not_there(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("fcntl.flock", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make_temporary()

    assert list(temporary.iterdir()) == []
