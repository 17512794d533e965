"""Runs in: the base, a process that has imported torch and holds no secret.

The fork server is forked from it, before that builds its walls; and so are processes that come to
hold secrets, such as the one that judges are forked from: each is asked for over a socket in the
fork server's folder, which is its user's alone, and gets the environment and the outputs of whoever
asks. The base runs nothing itself. It and its fork server end together.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import os
import selectors
import signal
import socket
import sys
import warnings
from collections.abc import Mapping, Sequence

from autograder.in_sandbox.afresh import start_afresh
from autograder.kernel.fork_server import messages
from autograder.kernel.fork_server.birth import HANDLED_BY_SERVER
from autograder.kernel.walls import linux

_ASKER_S = 5.0


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A process that somebody asks for: `run` of a module, which is given a line to them."""

    module: str
    env: Mapping[str, str]
    cwd: str
    line: int
    outputs: tuple[int, int]


def serve(listener: socket.socket, bond: socket.socket) -> Wanted | None:
    """Runs until the fork server, at the other end of `bond`, and all that was asked for have
    ended; in each forked child, gives what was asked for.
    """
    listener.setblocking(False)
    alone = False
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        selector.register(bond, selectors.EVENT_READ)
        while True:
            for key, _events in selector.select(1.0):
                if key.fileobj is bond:
                    # Nobody finds us any more: the next one starts a base of its own.
                    selector.unregister(bond)
                    selector.unregister(listener)
                    alone = True
                    continue
                with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                    wanted = _fork_for_one(listener)
                    if wanted is not None:
                        return wanted
            if _no_children() and alone:
                return None


def _no_children() -> bool:
    """Whether no child is left; takes note of those that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return True
    return False


def _fork_for_one(listener: socket.socket) -> Wanted | None:
    """Answers one request; gives it in the child."""
    asker, _ = listener.accept()
    with asker:
        asker.settimeout(_ASKER_S)
        heard = messages.receive(asker)
        if heard is None:
            return None
        message, fds = heard
        try:
            line, *outputs = fds
            wanted = Wanted(
                module=message["module"],
                env=message["env"],
                cwd=message["cwd"],
                line=line,
                outputs=(outputs[0], outputs[1]),
            )
            pid = os.fork()
        except BaseException:
            _close(fds)
            raise
        if pid == 0:
            return wanted
        _close(fds)
        child = os.pidfd_open(pid)
        try:
            messages.send(asker, {"event": "forked"}, [child])
        finally:
            os.close(child)
    return None


def _close(fds: Sequence[int]) -> None:
    for fd in fds:
        os.close(fd)


def become(wanted: Wanted) -> None:
    """Becomes what was asked for; ends the process. Called in the child of a fork."""
    code = 1
    try:
        for fd, output in zip((1, 2), wanted.outputs, strict=True):
            os.dup2(output, fd)
        with open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        linux.close_all_but({0, 1, 2, wanted.line})
        for signum in HANDLED_BY_SERVER:
            signal.signal(signum, signal.SIG_DFL)
        start_afresh(wanted.env, wanted.cwd)
        warnings.simplefilter("ignore")
        if "matplotlib.pyplot" in sys.modules:
            # The base was told of a notebook's backend, in its environment.
            sys.modules["matplotlib.pyplot"].switch_backend("agg")
        # Here, because kernels have all that the base has: before the module imports nbformat.
        importlib.import_module("autograder.quick").leave_out_what_no_command_needs()
        importlib.import_module(wanted.module).run(wanted.line)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - must not return into the base's code
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
