"""What a kernel may use, and that whoever passes a limit is told which."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest

from autograder.errors import SettingsProblem
from autograder.kernel.walls.limits import KernelLimits

from .conftest import LIMITS, OpenKernel

Opener = Callable[..., OpenKernel]


def test_memory_over_the_limit_ends_the_kernel_and_says_so(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"memory_mb": 600})

    kernel.start_cell("hoard = []\nwhile True: hoard.append(bytearray(b'y') * (8 << 20))")

    assert kernel.end_reason() == "memory limit of 600 MB"


def test_one_allocation_over_the_limit_is_an_error_in_the_cell(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"memory_mb": 600})

    said = kernel.run("import torch; torch.ones(3 << 30)")

    assert "allocate" in said.error
    assert kernel.value("1 + 1") == "2"


def test_memory_is_counted_over_all_processes(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"memory_mb": 800})

    kernel.start_cell(
        "import os, time\n"
        "for _ in range(20):\n"
        "    if os.fork() == 0:\n"
        "        block = bytearray(b'y') * (100 << 20); time.sleep(60); os._exit(0)\n"
        "    time.sleep(0.05)\n"
        "time.sleep(60)"
    )

    assert kernel.end_reason() == "memory limit of 800 MB"


def test_what_children_share_with_the_server_counts_once(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"memory_mb": 600})

    said = kernel.run(
        # Python 3.12 and later warn of a fork in a process with threads, such as a kernel.
        "import os, time, warnings; warnings.simplefilter('ignore')\n"
        "pids = [os.fork() for _ in range(6) if os.getpid() == 1]\n"
        "if os.getpid() != 1: time.sleep(1); os._exit(0)\n"
        "[os.waitpid(p, 0) for p in pids]; print('fine')"
    )

    assert said.text == "fine\n"


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm"])
def test_files_in_memory_count(open_kernel: Opener, place: str) -> None:
    kernel = open_kernel(limits={"memory_mb": 500, "scratch_mb": 2000})

    kernel.start_cell(
        f"f = open('{place}/big', 'wb')\nwhile True: f.write(bytes(8 << 20)); f.flush()"
    )

    assert kernel.end_reason() == "memory limit of 500 MB"


def test_memory_that_no_process_shows_counts(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"memory_mb": 600})

    kernel.start_cell(
        "import mmap, time\nkept = []\nfor _ in range(40):\n"
        "    block = mmap.mmap(-1, 64 << 20)\n"
        "    for at in range(0, 64 << 20, 4096): block[at] = 1\n"
        "    block.madvise(mmap.MADV_DONTNEED); kept.append(block)\n"
        "time.sleep(60)"
    )

    assert kernel.end_reason() == "memory limit of 600 MB"


def test_a_full_disk_is_the_kernels_own(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"scratch_mb": 50})

    said = kernel.run(
        "for i in range(200):\n    with open(f'f{i}', 'wb') as f: f.write(bytes(1 << 20))"
    )

    assert "No space left" in said.error
    assert kernel.value("1 + 1") == "2"


def test_one_file_over_the_limit_is_an_error(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"scratch_mb": 50})

    said = kernel.run("with open('f', 'wb') as f: f.truncate(1 << 40)")

    assert "File too large" in said.error
    assert kernel.value("1 + 1") == "2"


def test_many_files_are_bounded(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"files": 500})

    said = kernel.run("for i in range(1000): open(f'f{i}', 'w').close()")

    assert "No space left" in said.error


def test_a_fork_bomb_is_bounded_and_ends_its_kernel_only(open_kernel: Opener) -> None:
    neighbour = open_kernel()
    kernel = open_kernel(limits={"processes": 30, "threads": 100})

    kernel.start_cell("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass")

    assert "limit of" in str(kernel.end_reason())
    assert neighbour.value("__import__('subprocess').run(['true']).returncode") == "0"


def test_threads_are_bounded_by_an_error_in_the_cell(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"threads": 60})

    said = kernel.run(
        "import threading, time\n"
        "for _ in range(200): threading.Thread(target=time.sleep, args=(2,), daemon=True).start()"
    )

    assert "can't start new thread" in said.error


def test_cpu_time_is_bounded(open_kernel: Opener) -> None:
    kernel = open_kernel(limits={"cpu_s": 1.5})

    kernel.start_cell("while True: pass")

    assert kernel.end_reason() == "CPU time limit of 1.5 s"


def test_open_files_are_bounded(kernel: OpenKernel) -> None:
    said = kernel.run(
        "import os\nkept = []\n"
        "try:\n    while len(kept) < 5000: kept.append(os.dup(0))\n"
        "except OSError: pass\n"
        "for fd in kept: os.close(fd)\nprint(len(kept) < 1024)"
    )

    assert said.text == "True\n"


def test_open_files_of_all_processes_are_bounded(open_kernel: Opener) -> None:
    """Each socket holds 0.2 MB that belongs to no process."""
    kernel = open_kernel(limits={"open_in_all": 600})
    assert kernel.run("import os, time; held = [open('/dev/null') for _ in range(300)]").error == ""

    kernel.start_cell("os.fork()\nos.fork()\ntime.sleep(60)")

    assert kernel.end_reason() == "limit of 600 open files"


def test_an_interrupt_reaches_the_cell(kernel: OpenKernel) -> None:
    kernel.start_cell("import time\ntime.sleep(60)")
    time.sleep(0.3)  # It must be in the cell: before, ipykernel ignores the signal.

    kernel.manager.interrupt_kernel()

    assert kernel.value("'still here'") == "still here"


def test_a_kernel_that_ignores_signals_can_be_ended(kernel: OpenKernel) -> None:
    kernel.run(
        "import signal\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))"
    )

    kernel.manager.shutdown_kernel(now=True)

    assert not kernel.manager.is_alive()


def test_exit_code_and_crash_are_told_from_a_limit(open_kernel: Opener) -> None:
    crashed, left = open_kernel(), open_kernel()

    crashed.start_cell("import ctypes; ctypes.string_at(0)")
    left.start_cell("import os; os._exit(3)")

    assert crashed.end_reason() is None
    assert left.end_reason() is None
    assert left.provisioner.exit_code == 3
    assert crashed.provisioner.exit_code == -signal.SIGSEGV


def test_abort_ends_the_kernel(kernel: OpenKernel) -> None:
    kernel.start_cell("import os; os.abort()")

    assert kernel.end_reason() is None


def test_a_kernel_can_be_restarted(kernel: OpenKernel) -> None:
    kernel.run("x = 1")

    kernel.client.stop_channels()
    kernel.manager.restart_kernel(now=True)
    kernel.client = kernel.manager.client()
    kernel.client.start_channels(hb=False, stdin=False)
    kernel.client.wait_for_ready(timeout=20)

    assert kernel.value("'x' in globals()") == "False"


def test_a_limit_of_zero_is_refused() -> None:
    with pytest.raises(SettingsProblem, match=r"Limits\.memory_mb is 0"):
        KernelLimits.from_plain({**LIMITS, "memory_mb": 0})


def test_limits_are_named_as_they_are_and_none_is_left_out() -> None:
    with pytest.raises(SettingsProblem, match="no limit named memory"):
        KernelLimits.from_plain({**LIMITS, "memory": 5})
    with pytest.raises(SettingsProblem, match=r"do not name cpu_s, processes\."):
        KernelLimits.from_plain({"memory_mb": None, "threads": 1, "scratch_mb": 1})
