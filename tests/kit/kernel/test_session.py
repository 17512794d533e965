"""Real kernels: cells, requests, limits, and kernels that break the rules."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder import wire
from autograder.errors import KernelUnavailable
from autograder.kernel.plan import KernelPlan
from autograder.kernel.session import CallTimedOut, CellRun, CellStatus, Kernel, KernelEnded
from tests.kit.kernels import plan_of

SECRET = "the-judges-own-7f3a"
LIMIT = 2_000


@pytest.fixture(scope="module")
def runtime_dir() -> Iterator[str]:
    """The folder of a fork server of this module's own."""
    with tempfile.TemporaryDirectory(prefix="ags-", ignore_cleanup_errors=True) as folder:
        yield folder


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that stands for the digits: nothing here looks into it."""
    folder = tmp_path_factory.mktemp("digits")
    folder.chmod(0o755)  # A kernel is another user.
    return folder


@pytest.fixture(scope="module")
def plan(runtime_dir: str, digits: Path) -> Iterator[KernelPlan]:
    """A plan whose fork server is started by a judge with a secret in its environment."""
    plan = plan_of({"MNIST_ROOT": str(digits)}, output_chars=LIMIT)
    server = {"runtime_dir": runtime_dir, "idle_s": 5.0}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_SECRET", SECRET)
        yield dataclasses.replace(plan, sandbox={**plan.sandbox, **server})


@pytest.fixture(scope="module")
def kernels() -> Iterator[list[Kernel]]:
    """The kernel of this module, in a list so that a test may need a new one."""
    opened: list[Kernel] = []
    yield opened
    for kernel in opened:
        kernel.close()


@pytest.fixture
def kernel(kernels: list[Kernel], plan: KernelPlan) -> Kernel:
    """A kernel, shared; made anew only where a test has ended it."""
    if not kernels or not kernels[-1].alive:
        kernels.append(Kernel(plan))
    return kernels[-1]


@pytest.fixture
def open_kernel(plan: KernelPlan) -> Iterator[Callable[[], Kernel]]:
    opened: list[Kernel] = []

    def open_one() -> Kernel:
        opened.append(Kernel(dataclasses.replace(plan, grace_s=1.0)))
        return opened[-1]

    yield open_one
    for kernel in opened:
        kernel.close()


def printed(run: CellRun) -> str:
    return "".join(o.text for o in run.outputs if o.output_type == "stream" and o.name == "stdout")


def ask(kernel: Kernel, *request: Any, wall_s: float = 10.0) -> Any:
    buffers = wire.encode(
        ((1, None, ""), *request), fallback=lambda _value: pytest.fail("not plain")
    )
    reply = kernel.request([bytes(b) for b in buffers], wall_s)
    return wire.decode(reply, resolve=lambda handle, _types, _why: ("handle", handle))


def call_of(kernel: Kernel, name: str) -> list[bytes]:
    """A request that calls the function of this name."""
    _, (_, known) = ask(kernel, "get", name)
    handle = wire.handle_node(known, [])
    request = wire.encode(
        ((1, None, ""), "call", object(), [], {}, False), fallback=lambda _value: handle
    )
    return [bytes(b) for b in request]


def test_a_cell_that_prints_leaves_one_output(kernel: Kernel) -> None:
    run = kernel.run_cell("for i in range(3):\n    print(i, flush=True)", 20)

    assert run.status is CellStatus.OK
    assert [o.text for o in run.outputs] == ["0\n1\n2\n"]
    assert run.execution_count is not None


def test_names_live_from_cell_to_cell(kernel: Kernel) -> None:
    kernel.run_cell("kept = 41", 20)

    assert printed(kernel.run_cell("print(kept + 1)", 20)) == "42\n"


def test_a_cells_value_is_no_score_for_nbgrader(kernel: Kernel) -> None:
    run = kernel.run_cell("2 + 2", 20)

    assert [(o.output_type, o.data["text/plain"]) for o in run.outputs] == [("display_data", "4")]


def test_cleared_output_is_gone(kernel: Kernel) -> None:
    run = kernel.run_cell(
        "from IPython.display import clear_output\nprint('old')\nclear_output()\nprint('new')", 20
    )

    assert printed(run) == "new\n"


def test_endless_printing_is_cut(kernel: Kernel) -> None:
    run = kernel.run_cell("print('x' * 1_000_000)", 20)

    assert LIMIT < len(printed(run)) < LIMIT + 100
    assert "output cut" in printed(run)


def test_an_exception_is_an_output(kernel: Kernel) -> None:
    run = kernel.run_cell("1 / 0", 20)

    assert run.status is CellStatus.ERROR
    assert [o.ename for o in run.outputs] == ["ZeroDivisionError"]


def test_outputs_of_all_cells_together_are_cut(plan: KernelPlan) -> None:
    little = dataclasses.replace(plan, output_chars=1000, notebook_output_chars=2500)
    with Kernel(little) as kernel:
        runs = [kernel.run_cell("print('x' * 5000, end='')", 20) for _ in range(4)]

    kept = [printed(run).count("x") for run in runs]
    assert kept == [1000, 1000, 500, 0]
    assert all("[output " in printed(run) for run in runs)


def test_an_endless_cell_is_stopped_and_the_kernel_goes_on(kernel: Kernel) -> None:
    run = kernel.run_cell("while True:\n    pass", 0.5)

    assert run.status is CellStatus.TIMEOUT
    assert printed(kernel.run_cell("print('here')", 20)) == "here\n"


def test_the_environment_holds_nothing_of_the_judges(kernel: Kernel, digits: Path) -> None:
    run = kernel.run_cell(
        "import os\nprint(os.environ.get('MNIST_ROOT'))\n"
        "everything = dict(os.environ), open('/proc/self/environ').read()\n"
        f"print({SECRET[:9]!r} in repr(everything), 'COURSE_SECRET' in repr(everything))",
        20,
    )

    assert printed(run) == f"{digits}\nFalse False\n"


def test_a_cell_that_waits_for_input_gets_an_error(kernel: Kernel) -> None:
    run = kernel.run_cell("input('name? ')", 20)

    assert run.status is CellStatus.ERROR
    assert [o.ename for o in run.outputs] == ["StdinNotImplementedError"]


def test_a_request_is_answered_with_buffers(kernel: Kernel) -> None:
    kernel.run_cell("import torch\ngrid = torch.arange(6.0).reshape(2, 3)", 20)

    status, grid = ask(kernel, "get", "grid")

    assert status == "ok"
    assert grid.tolist() == [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]


def test_a_request_that_hangs_ends_the_kernel(kernel: Kernel) -> None:
    kernel.run_cell("def hang():\n    while True:\n        pass", 20)
    request = call_of(kernel, "hang")

    with pytest.raises(CallTimedOut):
        kernel.request(request, 0.5)

    assert not kernel.alive
    assert kernel.ended_because == "a call ran too long"


def test_a_request_that_makes_no_sense_is_answered_and_harms_nothing(kernel: Kernel) -> None:
    status, told = ask(kernel, "no such act", 1)

    assert (status, told["type"]) == ("raised", "KeyError")
    assert kernel.alive


def test_a_cell_that_ends_the_process_is_died(open_kernel: Callable[[], Kernel]) -> None:
    kernel = open_kernel()

    run = kernel.run_cell("import os\nos._exit(0)", 20)

    assert run.status is CellStatus.DIED
    assert not kernel.alive
    assert kernel.run_cell("1", 20).status is CellStatus.DIED
    with pytest.raises(KernelEnded):
        kernel.request([b""], 1.0)


def test_code_that_swallows_interrupts_costs_the_kernel(open_kernel: Callable[[], Kernel]) -> None:
    kernel = open_kernel()
    started = time.monotonic()

    run = kernel.run_cell(
        "while True:\n    try:\n        while True:\n            pass\n"
        "    except KeyboardInterrupt:\n        pass",
        0.3,
    )

    assert run.status is CellStatus.TIMEOUT
    assert not kernel.alive
    assert run.ended_because == "it could not be interrupted"
    assert time.monotonic() - started < 10


def test_a_kernel_that_died_between_a_request_and_a_cell_is_died(kernel: Kernel) -> None:
    kernel.run_cell("known = 7", 20)
    assert ask(kernel, "get", "known") == ("ok", 7)
    kernel.manager.signal_kernel(signal.SIGKILL)
    while kernel.alive:
        time.sleep(0.01)

    assert kernel.run_cell("1", 20).status is CellStatus.DIED


def test_what_is_no_reply_is_passed_over(kernel: Kernel) -> None:
    kernel.run_cell(
        "import sys\n"
        "def babble():\n"
        "    frame = sys._getframe()\n"
        "    while 'waiting' not in frame.f_locals:\n"
        "        frame = frame.f_back\n"
        "    reply = frame.f_locals['line'].reply\n"
        "    for parts in ([], [b''], [b'no number'], [b'{', b'}'], [b''] * 50):\n"
        "        reply(b'x' * 8, parts)\n"
        "    return 7",
        20,
    )
    request = call_of(kernel, "babble")

    reply = kernel.request(request, 20)

    assert wire.decode(reply) == ("ok", 7)


def test_a_cell_that_sets_all_sockets_not_to_block_costs_nothing(kernel: Kernel) -> None:
    run = kernel.run_cell(
        "import os, socket, stat\n"
        "known = 7\n"
        "for fd in map(int, os.listdir('/proc/self/fd')):\n"
        "    try:\n"
        "        if fd > 2 and stat.S_ISSOCK(os.fstat(fd).st_mode):\n"
        "            socket.socket(fileno=os.dup(fd)).setblocking(False)\n"
        "    except OSError:\n"
        "        pass",
        20,
    )

    assert run.status is CellStatus.OK
    assert ask(kernel, "get", "known") == ("ok", 7)
    assert ask(kernel, "get", "known") == ("ok", 7)


BROKEN_FRAMES = {
    "no frame": "send(b'x' * 100)",
    "a million buffers": "send(b'x' * 8 + (10**6).to_bytes(4, 'little'))",
    "an endless buffer": "send(b'x' * 8 + (1).to_bytes(4, 'little') + b'\\xff' * 8)",
    "the line closed": "import os, socket\n"
    "    os.close([int(n) for n in os.listdir('/proc/self/fd') if is_line(int(n))][0])\n"
    "    time.sleep(30)",
}


@pytest.mark.parametrize("code", BROKEN_FRAMES.values(), ids=BROKEN_FRAMES.keys())
def test_what_is_no_frame_ends_the_kernel_only(
    code: str, open_kernel: Callable[[], Kernel]
) -> None:
    kernel = open_kernel()
    kernel.run_cell(
        "import sys, time\n"
        "def is_line(fd):\n"
        "    import os, socket\n"
        "    try:\n"
        "        with socket.socket(fileno=os.dup(fd)) as one:\n"
        "            return one.family == socket.AF_UNIX and not one.getpeername()\n"
        "    except OSError:\n"
        "        return False\n"
        "def breaks():\n"
        "    frame = sys._getframe()\n"
        "    while 'waiting' not in frame.f_locals:\n"
        "        frame = frame.f_back\n"
        "    send = frame.f_locals['line'].send\n"
        f"    {code}\n"
        "    time.sleep(30)\n",
        20,
    )
    request = call_of(kernel, "breaks")
    started = time.monotonic()

    with pytest.raises(KernelEnded, match="breaks the protocol"):
        kernel.request(request, 20)

    assert not kernel.alive
    assert time.monotonic() - started < 10


def test_a_kernel_that_takes_no_request_is_ended_in_time(kernel: Kernel) -> None:
    kernel.run_cell("import time\ndef sleeps(): time.sleep(60)", 20)
    call = call_of(kernel, "sleeps")
    assert kernel.line is not None
    assert kernel.line.ask(call, 5) is not None
    started = time.monotonic()

    with pytest.raises(CallTimedOut):
        kernel.request([bytes(50_000_000)], 1.0)

    assert time.monotonic() - started < 5


SEND = "kernel = get_ipython().kernel\nsend = kernel.session.send\nio = kernel.iopub_socket\n"
MALFORMED = {
    "garbage": "io.send_multipart([b'no', b'message'])",
    "no_header": "io.send_multipart([b'', b'<IDS|MSG>', b'', b'{}', b'{}', b'{}', b'{}'])",
    "wrong_signature": "kernel.session.key = b'another'\nsend(io, 'stream', {})",
    "content_is_a_list": "send(io, 'stream', b'[1]')",
    "content_is_cut_json": "send(io, 'stream', b'{\"a\": ')",
    "content_of_deep_json": "send(io, 'stream', b'{\"a\":' + b'[' * 10**5 + b']' * 10**5 + b'}')",
    "parent_is_a_list": "from jupyter_client.session import Session\n"
    "parts = kernel.session.serialize(kernel.session.msg('stream', {}))\n"
    "parts[4] = b'[]'\nparts[2] = kernel.session.sign(parts[3:])\nio.send_multipart(parts)",
    "kind_is_a_number": "message = kernel.session.msg('stream', {})\n"
    "message['header']['msg_type'] = 7\nio.send_multipart(kernel.session.serialize(message))",
}


@pytest.mark.parametrize("code", MALFORMED.values(), ids=MALFORMED.keys())
def test_a_malformed_message_ends_the_kernel_only(
    code: str, open_kernel: Callable[[], Kernel]
) -> None:
    kernel = open_kernel()

    run = kernel.run_cell(f"{SEND}{code}\nimport time\ntime.sleep(30)", 20)

    assert run.status is CellStatus.DIED
    assert "breaks the protocol" in run.ended_because
    assert not kernel.alive
    assert run.wall_s < 10


def test_a_message_of_endless_parts_ends_the_kernel_before_it_fills_the_judge(
    open_kernel: Callable[[], Kernel],
) -> None:
    kernel = open_kernel()
    before = psutil.Process().memory_info().rss

    run = kernel.run_cell(
        "parts = [b'topic', b'<IDS|MSG>', *[b'{}'] * 5, *[bytes(60_000_000)] * 1000]\n"
        "get_ipython().kernel.iopub_socket.send_multipart(parts, copy=False)\n"
        "import time; time.sleep(60)",
        60.0,
    )
    kernel.close()

    assert (run.status, run.ended_because) == (CellStatus.DIED, "it sent a message without end")
    assert psutil.Process().memory_info().rss - before < 500_000_000


def processes_of(runtime_dir: str) -> set[psutil.Process]:
    """The fork server, its kernels, and what they have started."""
    servers = [p for p in psutil.process_iter() if runtime_dir in cmdline(p)]
    return {p for server in servers for p in (server, *server.children(recursive=True))}


def cmdline(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def folders_of_kernels(runtime_dir: str) -> set[str]:
    return {name for name in os.listdir(runtime_dir) if name.startswith("k-")}


def test_nothing_is_left_of_a_closed_kernel(
    open_kernel: Callable[[], Kernel], runtime_dir: str
) -> None:
    open_kernel().close()  # From now on the fork server is there.
    processes, folders = processes_of(runtime_dir), folders_of_kernels(runtime_dir)
    kernel = open_kernel()
    kernel.run_cell("open('left.txt', 'w').write('x')\nimport os\nos.mkdir('deep')", 20)
    kernel.run_cell("import subprocess\nsubprocess.Popen(['setsid', 'sleep', '600'])", 20)
    assert len(processes_of(runtime_dir) - processes) == 2
    assert len(folders_of_kernels(runtime_dir) - folders) == 1

    kernel.close()
    kernel.close()

    assert not kernel.folder.exists()
    assert processes_of(runtime_dir) == processes
    assert folders_of_kernels(runtime_dir) == folders


def test_what_a_kernel_is_to_read_and_is_not_there_is_no_kernel(plan: KernelPlan) -> None:
    traits = {**plan.sandbox, "readable": ["/no/such/digits"]}

    with pytest.raises(KernelUnavailable, match="/no/such/digits"):
        Kernel(dataclasses.replace(plan, sandbox=traits))


def test_a_kernel_that_ends_at_once_is_no_kernel(plan: KernelPlan, runtime_dir: str) -> None:
    before = processes_of(runtime_dir)
    limits = {**plan.sandbox["limits"], "threads": 1}  # It needs more before it can answer.

    with pytest.raises(KernelUnavailable, match="it ended while starting"):
        Kernel(dataclasses.replace(plan, sandbox={**plan.sandbox, "limits": limits}))

    assert processes_of(runtime_dir) <= before


def test_a_kernel_that_says_nothing_in_time_is_no_kernel(
    plan: KernelPlan, runtime_dir: str
) -> None:
    before = processes_of(runtime_dir)

    with pytest.raises(KernelUnavailable, match="it did not answer in time"):
        Kernel(dataclasses.replace(plan, start_s=0.0))

    assert processes_of(runtime_dir) <= before
