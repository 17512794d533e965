"""One open kernel, from the judge's side: cells run, requests answered, limits kept.

Runs in: the judge. Everything received here was written by the student's process: whatever
breaks a rule ends the kernel, never the judge. (We read the channels ourselves: of 31 malformed
messages tried against nbclient 0.11, 18 raised in the process of the one who grades.)
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

import zmq
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbformat import NotebookNode

from autograder.errors import KernelUnavailable
from autograder.files import make_temporary
from autograder.in_sandbox.frames import BrokenFrame, Buffers
from autograder.kernel import incoming, own_memory
from autograder.kernel.line import KEEP_TARGET, Line, open_comm
from autograder.kernel.outputs import CellOutputs
from autograder.kernel.plan import KernelPlan
from autograder.kernel.provisioner import SandboxProvisioner

_POLL_MS = 100
_MAX_MESSAGES = 50_000
_LATE_OUTPUT_S = 2.0
_PROVISIONER = "autograder-sandbox"  # pyproject.toml names its class
# How often somebody who waits looks whether the kernel is still there.
_LOOK_AGAIN_S = 0.1


class CellStatus(StrEnum):
    """How a cell ended."""

    OK = "ok"
    ERROR = "error"
    TIMEOUT = "timeout"
    DIED = "died"


@dataclass(frozen=True, kw_only=True, slots=True)
class CellRun:
    """What running a cell left: its outputs, and whether the kernel is still there."""

    status: CellStatus
    outputs: tuple[NotebookNode, ...]
    wall_s: float
    execution_count: int | None = None
    ended_because: str = ""


class CallTimedOut(Exception):
    """A request was not answered in time, and its kernel was ended."""


class KernelEnded(Exception):
    """The kernel is gone; the text says why, where a limit was hit."""


class _Specs(KernelSpecManager):
    """Gives the one kernel spec that the plan describes, whatever name is asked for."""

    def __init__(self, plan: KernelPlan, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._plan = plan

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Called by jupyter_client. A notebook's own kernelspec is never looked at."""
        provisioner = {"provisioner_name": _PROVISIONER, "config": dict(self._plan.sandbox)}
        return KernelSpec(
            display_name="autograder",
            language="python",
            metadata={"kernel_provisioner": provisioner},
        )


def look_up_provisioners() -> None:
    """Has jupyter_client read all installed packages' entry points, which it then keeps."""
    KernelProvisionerFactory.instance()


class Kernel:
    """An open kernel. Use it as a context manager; it is gone when the block ends.

    Raises KernelUnavailable where none can be started.
    """

    def __init__(self, plan: KernelPlan) -> None:
        self.plan = plan
        self.context: zmq.Context[Any] = zmq.Context()
        self.context.setsockopt(zmq.LINGER, 0)
        self.client: BlockingKernelClient | None = None
        self.line: Line | None = None
        self.output_room = plan.notebook_output_chars
        self.ended_because: str | None = None
        self._held_before = own_memory.held_bytes()
        self.folder, self._lock = make_temporary()
        try:
            self.manager = KernelManager(
                kernel_name="autograder",
                kernel_spec_manager=_Specs(plan),
                transport="ipc",
                connection_file=str(self.folder / "k.json"),
                shutdown_wait_time=1.0,
            )
            self._start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        try:
            self.manager.start_kernel()
        except KernelUnavailable:
            raise
        except Exception as problem:
            raise KernelUnavailable(f"{type(problem).__name__}: {problem}") from problem
        self.context.setsockopt(zmq.MAXMSGSIZE, incoming.MAX_PART_BYTES)
        self.context.setsockopt(zmq.RCVHWM, incoming.MAX_QUEUED)
        self.client = self.manager.client(context=self.context)
        self.client.start_channels(stdin=False, hb=False)
        self.line = Line(self._provisioner.line)
        self._await_ready()

    def _await_ready(self) -> None:
        """Until the shell has replied and iopub has said something.

        A subscriber may join late, so the question is repeated until both are heard of.
        """
        deadline = time.monotonic() + self.plan.start_s
        waiting = {"shell", "iopub"}
        asked = 0.0
        while waiting:
            now = time.monotonic()
            if now > deadline or not self._is_alive():
                why = "it did not answer in time" if now > deadline else "it ended while starting"
                raise KernelUnavailable(why)
            if now - asked > 0.05:
                self._client.kernel_info()
                asked = now
            for channel, _message in self._receive(20):
                waiting.discard(channel)
        # Replies to the questions asked twice are passed over by whoever waits for another id.

    @property
    def _client(self) -> BlockingKernelClient:
        if self.client is None or self.ended_because is not None:
            raise KernelEnded(self.ended_because or "")
        return self.client

    @property
    def alive(self) -> bool:
        """Whether the kernel can still be asked."""
        return self.ended_because is None and self._is_alive()

    def _is_alive(self) -> bool:
        # Not the manager's own question, which starts an event loop each time.
        return self.manager.has_kernel and self._provisioner.is_running()

    @property
    def _provisioner(self) -> SandboxProvisioner:
        return cast(SandboxProvisioner, self.manager.provisioner)

    def run_cell(self, source: str, wall_s: float) -> CellRun:
        """Runs a cell for at most `wall_s` seconds; never raises for what the code does."""
        started = time.monotonic()
        outputs = CellOutputs(min(self.plan.output_chars, self.output_room))
        try:
            status, count = self._run(source, wall_s, outputs)
        except KernelEnded:
            status, count = CellStatus.DIED, None
        self.output_room -= outputs.kept_chars
        return CellRun(
            status=status,
            outputs=tuple(outputs.kept),
            wall_s=time.monotonic() - started,
            execution_count=count,
            ended_because=self.ended_because or "",
        )

    def _run(
        self, source: str, wall_s: float, outputs: CellOutputs
    ) -> tuple[CellStatus, int | None]:
        self._listen_to(outputs=True)
        message_id = self._client.execute(source, allow_stdin=False, stop_on_error=False)
        reply: dict[str, Any] | None = None
        idle = False

        def heard(channel: str, message: dict[str, Any]) -> bool:
            nonlocal reply, idle
            if message["parent_header"].get("msg_id") != message_id:
                return False
            if channel == "shell":
                reply = message["content"]
            elif message["msg_type"] == "status":
                idle = idle or message["content"].get("execution_state") == "idle"
            else:
                outputs.take(message["msg_type"], message["content"])
            return reply is not None and idle

        in_time = self._wait(heard, wall_s, until=lambda: reply is not None)
        if in_time and reply is not None and not idle:
            self._wait(heard, _LATE_OUTPUT_S)
        if not in_time:
            self._stop(lambda: reply is not None, heard)
            return CellStatus.TIMEOUT, None
        status = (reply or {}).get("status")
        count = (reply or {}).get("execution_count")
        ok = CellStatus.OK if status == "ok" else CellStatus.ERROR
        return ok, count if isinstance(count, int) and 0 <= count < 10**9 else None

    def keep_moment(
        self,
        exercises: Sequence[str],
        *,
        again: Sequence[str] = (),
        raised: Sequence[str] = (),
        cell: int = 0,
    ) -> None:
        """Has the agent keep the names as the last cell has left them: see `Moments.keep`.

        There is no answer to wait for: the kernel does it before the cell that comes next.
        """
        if self.alive:
            self._listen_to(outputs=True)
            asked = {"exercises": list(exercises), "again": list(again), "raised": list(raised)}
            open_comm(self._client, KEEP_TARGET, {**asked, "cell": cell})

    def _listen_to(self, *, outputs: bool) -> None:
        """Takes in all of iopub, or nothing: while checks run, the agent answers on its own line
        and what the student's functions print meanwhile is nobody's.
        """
        assert self.line is not None, "it has started"
        if outputs != self.line.is_open:
            return
        socket = self._client.iopub_channel.socket
        if not outputs:
            socket.setsockopt(zmq.UNSUBSCRIBE, b"")
            self.line.open(self._client)
            return
        with contextlib.suppress(OSError):  # A kernel that has ended is told of below.
            self.line.close()
        socket.setsockopt(zmq.SUBSCRIBE, b"")
        try:
            self._await_ready()
        except KernelUnavailable as silent:
            # It had started once: what ended or silenced it since is the student's doing.
            self.end(self._why_it_ended())
            raise KernelEnded(self.ended_because) from silent

    def request(self, buffers: Buffers, wall_s: float) -> list[bytes]:
        """The buffers of the agent's reply; raises CallTimedOut or KernelEnded, and then the kernel
        is gone: what a call that was stopped left behind would cost the next exercise its points.
        """
        reply = self._answer(buffers, wall_s)
        if reply is None:
            # An interrupt would stop the call, not the threads and processes that it started.
            self.end("a call ran too long")
            raise CallTimedOut
        return reply

    def _answer(self, buffers: Buffers, wall_s: float) -> list[bytes] | None:
        self._listen_to(outputs=False)
        assert self.line is not None, "it has started"
        deadline = time.monotonic() + wall_s
        try:
            number = self.line.ask(buffers, wall_s)
            for _ in range(_MAX_MESSAGES):
                left_s = deadline - time.monotonic()
                if number is None or left_s <= 0:
                    return None
                reply = self.line.reply_to(number, min(left_s, _LOOK_AGAIN_S))
                if reply is not None:
                    return reply
                self._require_alive()
        except (OSError, EOFError, BrokenFrame) as problem:
            # Its end of the line closes when it ends, a moment before that is told.
            self._wait_for_its_end()
            raise self._broken(type(problem).__name__) from problem
        return None

    def _wait_for_its_end(self) -> None:
        deadline = time.monotonic() + _LATE_OUTPUT_S
        while time.monotonic() < deadline:
            self._require_alive()
            time.sleep(0.01)

    def _receive(self, wait_ms: int) -> list[tuple[str, dict[str, Any]]]:
        try:
            return incoming.messages(self._client, wait_ms)
        except incoming.ProtocolBroken as problem:
            raise self._broken(str(problem)) from problem

    def _broken(self, how: str) -> KernelEnded:
        self.end(f"it sent a message that breaks the protocol ({how})")
        return KernelEnded(self.ended_because)

    def _wait(
        self,
        heard: Callable[[str, dict[str, Any]], bool],
        wall_s: float,
        until: Callable[[], bool] | None = None,
    ) -> bool:
        """Whether `heard` (or `until`) came true in time; raises KernelEnded."""
        deadline = time.monotonic() + wall_s
        messages = 0
        checked = time.monotonic()
        while True:
            for channel, message in self._receive(_POLL_MS):
                messages += 1
                if heard(channel, message):
                    return True
            if until is not None and until():
                return True
            now = time.monotonic()
            if now > deadline or messages > _MAX_MESSAGES:
                return False
            if now - checked > _LOOK_AGAIN_S:
                checked = now
                self._require_alive()

    def _require_alive(self) -> None:
        self._end_flood()
        if not self._is_alive():
            self.end(self._why_it_ended())
            raise KernelEnded(self.ended_because)

    def _end_flood(self) -> None:
        """Ends a kernel whose messages, not complete yet, fill this process; see `own_memory`."""
        if own_memory.held_bytes() - self._held_before > own_memory.MOST_BYTES:
            self.end("it sent a message without end")
            raise KernelEnded(self.ended_because)

    def _stop(self, done: Callable[[], bool], heard: Callable[[str, dict[str, Any]], bool]) -> None:
        """Interrupts what runs; ends the kernel where that does not help."""
        for _ in range(2):
            with contextlib.suppress(Exception):
                self.manager.interrupt_kernel()
            with contextlib.suppress(KernelEnded):
                self._wait(heard, self.plan.grace_s / 2, until=done)
            if done() or self.ended_because is not None:
                return
        self.end("it could not be interrupted")

    def _why_it_ended(self) -> str:
        because = getattr(self.manager.provisioner, "ended_because", None)
        return because if isinstance(because, str) else ""

    def end(self, why: str) -> None:
        """Ends the kernel at once; whoever asks it later is told `why`."""
        if self.ended_because is None:
            self.ended_because = why
        with contextlib.suppress(Exception):
            self.manager.shutdown_kernel(now=True)

    def close(self) -> None:
        """Ends the kernel and removes what it left. Safe to call twice."""
        self.end("it was closed")
        if self.client is not None:
            with contextlib.suppress(Exception):
                self.client.stop_channels()
            self.client = None
        self.context.destroy(linger=0)
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.close()
