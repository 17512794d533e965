"""Runs in: the judge.

The kernel provisioner `autograder-sandbox`: whatever is built on jupyter_client (our own judge,
nbclient, Jupyter itself) gets sandboxed kernels by naming it in a kernel spec. It asks the fork
server for a kernel over a connection that lasts as long as the kernel; closing it ends the kernel.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Bool, Dict, Float, List, Unicode

from autograder.errors import KernelUnavailable
from autograder.kernel import launcher
from autograder.kernel.fork_server import messages
from autograder.kernel.walls.limits import KernelLimits
from autograder.kernel.walls.sandbox import Plan

_POLL_S = 0.002
_KILL_S = 3.0


class _ServerLeft(KernelUnavailable):
    """The fork server hung up without a word."""


class SandboxProvisioner(KernelProvisionerBase):
    """Gives jupyter_client kernels that are forked from a warm process and live in a sandbox.

    Guarantees: the kernel gets nothing of the caller's environment; when it has ended, so has every
    process it started; after `cleanup` nothing of it is left on the machine; `ended_because` says
    which limit ended it.
    """

    readable = List(
        Unicode(), help="Files and folders that a kernel may read, at the paths they have here."
    ).tag(config=True)
    hidden = List(
        Unicode(), help="Files that a kernel may not read, also below what it may read."
    ).tag(config=True)
    copied = Dict(
        value_trait=Unicode(),
        key_trait=Unicode(),
        help="Files that are copied into a kernel's working folder: the path there, and here.",
    ).tag(config=True)
    env = Dict(
        value_trait=Unicode(), key_trait=Unicode(), help="Environment variables of a kernel."
    ).tag(config=True)
    limits = Dict(
        help="What a kernel may use, by the names in autograder.kernel.walls.limits.KernelLimits."
    ).tag(config=True)
    allow_no_sandbox = Bool(
        False, help="Whether to run kernels where this machine can build no sandbox."
    ).tag(config=True)
    runtime_dir = Unicode(
        "", help="The folder where the fork server is found; empty: one for each user."
    ).tag(config=True)
    idle_s = Float(
        launcher.IDLE_S, help="Seconds after which a fork server that nobody uses ends."
    ).tag(config=True)
    start_s = Float(60.0, help="Seconds that a kernel may take to start.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ended_because: str | None = None
        self.cpu_s = 0.0
        self.pid: int | None = None
        self._channel: socket.socket | None = None
        self._line: socket.socket | None = None
        self.exit_code: int | None = None
        self._ready = False
        self._folder = self._address = self._key = ""

    @property
    def line(self) -> socket.socket:
        """The judge's end of its line to the agent in the kernel; closed with the kernel."""
        assert self._line is not None, "a kernel has been launched"
        return self._line

    @property
    def has_process(self) -> bool:
        """Asked by KernelManager before each act."""
        return self._channel is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Called from KernelManager.pre_start_kernel. The caller's `env` and `cwd` go no further:
        jupyter_client fills the first with the whole environment of this process.
        """
        for name in ("env", "cwd", "extra_arguments", "transport_encryption"):
            kwargs.pop(name, None)
        return await super().pre_launch(cmd=[], env={}, **kwargs)

    async def launch_kernel(self, cmd: list[str], **_kwargs: Any) -> KernelConnectionInfo:
        """Called from KernelManager.launch_kernel; returns when the kernel can be asked.

        Raises KernelUnavailable where there is none to be had.
        """
        self.ended_because, self.exit_code, self._ready = None, None, False
        self._key = secrets.token_hex(32)
        try:
            with contextlib.suppress(_ServerLeft):
                await self._ask_for_kernel()
            if not self._ready:  # It had been idle for so long that it left as we came.
                self._hang_up()
                self.exit_code = None
                await self._ask_for_kernel()
        except BaseException:
            self._hang_up()
            raise
        info: dict[str, Any] = {
            "transport": "ipc",
            "ip": self._address,
            "key": self._key.encode(),
            "signature_scheme": "hmac-sha256",
            **{f"{name}_port": port for port, name in enumerate(messages.CHANNELS, start=1)},
        }
        self.connection_info = cast(KernelConnectionInfo, info)
        self._tell_manager()
        return self.connection_info

    def _tell_manager(self) -> None:
        """Takes an earlier kernel's file names from the manager: a restart would keep them."""
        manager = self.parent
        if manager is not None:
            manager.transport = "ipc"
            manager.ip = self._address
            manager.session.key = self._key.encode()

    async def _ask_for_kernel(self) -> None:
        place = launcher.folder(self.runtime_dir)
        self._channel = launcher.connect(place, self.idle_s)
        # In the fork server's folder, which it removes when it leaves: a judge that was killed
        # leaves nothing for long. Short, because a Unix socket's path has 107 characters.
        with _server_is_there():
            self._folder = tempfile.mkdtemp(prefix="k-", dir=place)
        self._address = os.path.join(self._folder, "k")
        plan = self._plan()
        with contextlib.ExitStack() as stack:
            fds = [self._listen(stack, port) for port in range(1, len(messages.CHANNELS) + 1)]
            reader, writer = os.pipe()
            stack.callback(os.close, reader)
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(json.dumps({"key": self._key}).encode())
            self._line, theirs = socket.socketpair()
            stack.enter_context(theirs)
            request = {"op": "start", "plan": plan.to_plain()}
            with _server_is_there():
                messages.send(self._channel, request, [*fds, theirs.fileno(), reader])
        self._channel.setblocking(False)
        deadline = time.monotonic() + self.start_s
        while not self._ready:
            self._hear()
            if self._channel is None:
                raise _ServerLeft(launcher.ended(self.runtime_dir))
            if self.exit_code is not None:
                raise KernelUnavailable(self.ended_because or "it ended while starting")
            if time.monotonic() > deadline:
                raise KernelUnavailable(f"it did not start within {self.start_s:g} s")
            await asyncio.sleep(_POLL_S)

    def _listen(self, stack: contextlib.ExitStack, port: int) -> int:
        listener = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        listener.bind(f"{self._address}-{port}")
        listener.listen(100)
        listener.setblocking(False)
        return listener.fileno()

    def _plan(self) -> Plan:
        for path in (*self.readable, *self.copied.values()):
            if not os.path.exists(path):
                raise KernelUnavailable(f"{path} is to be shown to it and is not there")
        scratch = ""
        if self.allow_no_sandbox:
            scratch = os.path.join(self._folder, "scratch")
            os.makedirs(scratch, mode=0o700, exist_ok=True)
            for name, path in self.copied.items():
                target = os.path.join(scratch, name)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copy(path, target, follow_symlinks=False)
        return Plan(
            readable=tuple(map(os.path.abspath, self.readable)),
            hidden=tuple(map(os.path.abspath, self.hidden)),
            copied={name: os.path.abspath(path) for name, path in self.copied.items()},
            env=dict(self.env),
            limits=KernelLimits.from_plain(self.limits),
            allow_no_sandbox=self.allow_no_sandbox,
            scratch=scratch,
        )

    def _hear(self) -> None:
        """Takes in what the fork server has said meanwhile."""
        while self._channel is not None:
            try:
                heard = messages.receive(self._channel)
            except BlockingIOError:
                return
            except OSError:
                heard = None
            if heard is None:
                self.exit_code = -signal.SIGKILL if self.exit_code is None else self.exit_code
                self._close()
                return
            self._take(heard[0])

    def _take(self, message: messages.Message) -> None:
        event = message.get("event")
        if event == "ready":
            self._ready = True
        elif event == "failed":
            self.log.debug("A kernel failed to start: %s", message.get("trace", ""))
            raise KernelUnavailable(str(message["why"]), str(message.get("mend", "")))
        elif event == "ended":
            self.exit_code = int(message["code"])
            self.ended_because = message["because"]
            self.cpu_s = float(message["cpu_s"])

    def _close(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    def _hang_up(self) -> None:
        """Ends the kernel, if there is one, and removes its sockets."""
        self._close()
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._folder:
            _remove(self._folder)
            self._folder = ""

    async def poll(self) -> int | None:
        """Called from KernelManager.is_alive: None while the kernel runs, then its exit code."""
        if self.is_running():
            return None
        return 0 if self.exit_code is None else self.exit_code

    def is_running(self) -> bool:
        """Whether the kernel is there, as far as the fork server has told."""
        self._hear()
        return self._channel is not None and self.exit_code is None

    async def wait(self) -> int | None:
        """Called from KernelManager when it ends a kernel; returns when all its processes ended."""
        while await self.poll() is None:
            await asyncio.sleep(_POLL_S)
        self._close()
        return self.exit_code

    async def send_signal(self, signum: int) -> None:
        """Called from KernelManager.signal_kernel. SIGINT reaches the student's main thread; one
        that ends a kernel ends all its processes.
        """
        if signum in (signal.SIGTERM, signal.SIGHUP):
            signum = signal.SIGKILL  # Process 1 of a pid namespace ignores what it does not handle.
        if self._channel is not None and self.exit_code is None:
            with contextlib.suppress(OSError):
                messages.send(self._channel, {"op": "signal", "signum": int(signum)})

    async def kill(self, restart: bool = False) -> None:
        """Called from KernelManager to end a kernel at once. Waits for it: the manager itself
        would look again only after a tenth of a second.
        """
        await self.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + _KILL_S
        while await self.poll() is None and time.monotonic() < deadline:
            await asyncio.sleep(_POLL_S)

    async def terminate(self, restart: bool = False) -> None:
        """Called from KernelManager for a kernel that does not end by itself. What students do at
        exit (D04: a loop) is no reason to wait.
        """
        await self.send_signal(signal.SIGKILL)

    async def cleanup(self, restart: bool = False) -> None:
        """Called from KernelManager.cleanup_resources: nothing is left afterwards."""
        self._hear()
        self._hang_up()

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self._hang_up()


@contextlib.contextmanager
def _server_is_there() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise _ServerLeft(f"the fork server has left ({problem})") from problem


def _remove(folder: str) -> None:
    """Removes a folder that a student's process may have filled; follows no link."""
    for path, folders, _files in os.walk(folder):
        for name in folders:
            inner = Path(path, name)
            if not inner.is_symlink():
                with contextlib.suppress(OSError):
                    inner.chmod(0o700)  # E10 leaves folders that can't be listed.
    shutil.rmtree(folder, ignore_errors=True)
