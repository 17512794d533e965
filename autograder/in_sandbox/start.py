"""Runs in: the kernel, beside the student's code. Holds no secret.

Makes an IPython kernel of a process that was just forked and is in the sandbox already. The five
sockets it listens on were made by the judge: there is no folder that both can write.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import tempfile
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import ipykernel.heartbeat
import ipykernel.iostream
import zmq
from ipykernel import ipkernel, kernelapp
from ipykernel.kernelapp import IPKernelApp
from IPython.core import shellapp
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

from autograder.in_sandbox.afresh import start_afresh

_SILENT = logging.Logger("kernel", logging.CRITICAL + 1)


class SandboxedApp(IPKernelApp):
    """An IPython kernel on sockets that are there already; it reads and writes no file of them."""

    listening: Mapping[int, int] = {}

    def _configure_logging(self) -> None:
        """Called by traitlets, five times. It walks through every logger, and nobody reads ours."""

    def parse_command_line(self, argv: Any = None) -> None:
        """Called by IPython. There is none, and its parser takes a tenth of a kernel's start."""

    def init_connection_file(self) -> None:
        """Called by ipykernel. There is no connection file: a neighbour could look for it."""

    def write_connection_file(self, **_kwargs: Any) -> None:
        """Called by ipykernel. See above."""

    def _try_bind_socket(self, socket: Any, port: int) -> int:
        return _listen(socket, self.listening[port], port)

    def init_control(self, context: Any) -> None:
        """Called by ipykernel. The debugger's socket would try for ever to reach a path of the
        judge's, ten times a second.
        """
        super().init_control(context)  # type: ignore[no-untyped-call]
        endpoint = self.shell_socket.getsockopt(zmq.LAST_ENDPOINT)
        self.debug_shell_socket.disconnect(endpoint)


class _Interpreter:
    """`sys` for ipykernel and IPython, with no module imported: for a debugger and for %reset they
    look at all of them, and each page of memory that is looked at is copied after a fork.
    """

    modules: Mapping[str, ModuleType] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


class _Heartbeat(ipykernel.heartbeat.Heartbeat):
    def _try_bind_socket(self) -> None:
        _listen(self.socket, SandboxedApp.listening[self.port], self.port)


class _Output(ipykernel.iostream.IOPubThread):
    """Takes what forked processes (a DataLoader's workers) print over a file's socket: ipykernel
    itself uses TCP on loopback, and there is no network.
    """

    def _setup_pipe_in(self) -> None:
        self._pipe_uuid = os.urandom(16)
        self._pipe_path = f"ipc://{tempfile.gettempdir()}/.printed-elsewhere"
        pipe_in = self.socket.context.socket(zmq.PULL)
        pipe_in.linger = 0
        pipe_in.bind(self._pipe_path)
        self._pipe_in = ZMQStream(pipe_in, self.io_loop)
        self._pipe_in.on_recv(self._handle_pipe_msg)

    def _setup_pipe_out(self) -> tuple[zmq.Context[Any], zmq.Socket[Any]]:
        context: zmq.Context[Any] = zmq.Context()
        pipe_out = context.socket(zmq.PUSH)
        pipe_out.linger = 3000
        pipe_out.connect(self._pipe_path)
        return context, pipe_out


def _listen(socket: Any, fd: int, port: int) -> int:
    socket.setsockopt(zmq.USE_FD, fd)
    socket.bind(f"ipc://kernel-{port}")
    return port


def run(
    sockets: Mapping[str, int], line: int, key: bytes, env: Mapping[str, str], work: str
) -> SandboxedApp:
    """Makes the kernel; the caller starts it. Called by the fork server, in the kernel.

    `sockets` are those that listen, by the names of ipykernel's channels: shell, iopub and so on;
    `line` is connected to the judge.
    """
    start_afresh(env, work)
    sys.argv = ["ipykernel"]
    # At home a notebook imports what it has written beside itself; IPython adds this only where
    # no other of its rules has.
    sys.path.insert(0, "")
    os.umask(0o022)
    ports = {name: port for port, name in enumerate(sockets, start=1)}
    SandboxedApp.listening = {ports[name]: fd for name, fd in sockets.items()}
    # These are not configurable, so their names in ipykernel are bound to ours.
    setattr(kernelapp, "Heartbeat", _Heartbeat)  # noqa: B010 - no attribute for mypy
    setattr(kernelapp, "IOPubThread", _Output)  # noqa: B010
    for module in (ipkernel, shellapp):
        setattr(module, "sys", _Interpreter())  # noqa: B010
    app = SandboxedApp.instance(
        config=_config(),
        log=_SILENT,
        transport="ipc",
        ip="kernel",
        **{f"{n}_port": p for n, p in ports.items()},
    )
    app.session.key = key
    app.initialize([])
    # %reset --aggressive would take the modules that it does not find there for the student's.
    if app.shell is not None and hasattr(app.shell, "_sys_modules_keys"):
        del app.shell._sys_modules_keys
    if app.shell is not None and "matplotlib.pyplot" in sys.modules:
        # matplotlib's inline backend makes itself known to the kernel when it is imported, and it
        # was imported before there was one.
        app.shell.enable_matplotlib("inline")
    _install_agent(app, line)
    return app


def _config() -> Config:
    config = Config()
    config.HistoryManager.enabled = False  # no SQLite file, no thread that writes it
    config.IPKernelApp.log_level = "CRITICAL"  # else ipykernel prints how to connect
    return config


def _install_agent(app: IPKernelApp, line: int) -> None:
    agent = importlib.import_module("autograder.in_sandbox.agent")
    agent.install(app, line)
