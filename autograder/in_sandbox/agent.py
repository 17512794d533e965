"""Runs in: the kernel, beside the student's code. Holds no secret.

The agent answers the judge's requests: look up a name, call it, read a part of it. What it sends
is plain data (`autograder.wire`); every other object stays here and goes out as a handle. The
student's code may patch or replace all of this. It then only decides what its own answers look
like: the judge believes nothing but the plain data, and validates that. What is done to plain
tensors and random states is done with what torch was before any cell ran, so that a patched torch
alone makes no answer look right.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import itertools
import linecache
import random
import socket
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import torch

from autograder import wire
from autograder.in_sandbox.frames import Frames, frame
from autograder.in_sandbox.moments import Moments

TARGET = "autograder"
KEEP_TARGET = "autograder-moment"
_STEP = 32
_MOST_BYTES = 1 << 40  # The judge sends what it likes.
_FOR_EVER_S = 10.0**6
_SEEDS = (random.seed, np.random.seed, torch.manual_seed, torch.default_generator.manual_seed)
_has_device = functools.cache(torch.accelerator.is_available)


class Agent:
    """Answers requests about one namespace. Also the judge's way to the reference solution."""

    def __init__(self, names: dict[str, Any]) -> None:
        # The dict itself, not the shell's attribute, which a cell can point elsewhere.
        self.names = names
        self.kept: dict[str, Any] = {}
        self.ids = itertools.count(1)
        self.helpers: dict[str, types.CodeType] = {}
        self.moments = Moments(names)
        self.round: tuple[int, int | None, str] = (-1, None, "")

    def answer(self, buffers: list[wire.Buffer]) -> list[wire.Buffer]:
        """The reply to one request: ("ok", value) or ("raised", {...}) or ("missing", names)."""
        try:
            round_, op, *args = wire.decode(buffers, resolve=self._resolve)
            if round_ != self.round:
                self.kept.clear()
                # The same requests get the same ids in each round, whatever was asked before.
                self.ids = itertools.count(1)
                self.round = round_
                self.moments.bind(round_[2])
                self._seed_for(round_[1])
            return self._encode(_OPS[op](self, *args))
        except _MissingName as missing:
            known = [n for n in self.names if type(n) is str and not n.startswith("_")][:500]
            return self._encode(("missing", missing.name, known))
        except BaseException as problem:  # noqa: BLE001 - also SystemExit and the judge's interrupt
            return self.answer_of(problem)

    def answer_of(self, problem: BaseException) -> list[wire.Buffer]:
        """The reply to a request that ended with an exception."""
        return self._encode(("raised", _told(problem)))

    def _seed_for(self, seed: int | None) -> None:
        # Rides on a check's first request: a request of its own would cost a round trip a check.
        if seed is not None:
            with contextlib.suppress(Exception):
                random.seed(seed)
                np.random.seed(seed % 2**32)
                # torch.manual_seed also formats the stack, for a CUDA that may come later.
                torch.default_generator.manual_seed(seed)

    def _encode(self, reply: tuple[Any, ...]) -> list[wire.Buffer]:
        try:
            return wire.encode(reply, fallback=self._handle)
        except wire.NotPlain as too_much:
            status, value, *_ = reply
            if status != "ok":
                return wire.encode(("raised", {"type": "Exception", "message": too_much.why}))
            why = too_much.why
            return wire.encode(
                ("ok", _Kept(value)), fallback=lambda kept: self._handle(kept.value, why)
            )

    def _resolve(self, handle_id: str, _types: Any, _why: str) -> Any:
        return self.kept[handle_id]

    def _handle(self, value: Any, why: str = "") -> list[Any]:
        if isinstance(value, _Kept):
            value = value.value
        handle_id = str(next(self.ids))
        self.kept[handle_id] = value
        return wire.handle_node(handle_id, type_names(value), why)

    def get(self, name: str) -> Any:
        if name not in self.names:
            if hasattr(builtins, name):
                return "ok", getattr(builtins, name)
            raise _MissingName(name)
        return "ok", self.names[name]

    def set(self, name: str, value: Any) -> Any:
        self.names[name] = value
        return "ok", None

    def call(self, function: Any, args: list[Any], kwargs: dict[str, Any], keep: bool) -> Any:
        result = function(*args, **kwargs)
        return "ok", _Kept(result) if keep else result

    def getattr(self, thing: Any, name: str) -> Any:
        if type(thing) in wire.PLAIN_TENSORS:
            return "ok", wire.attribute(thing, name)
        return "ok", getattr(thing, name)

    def setattr(self, thing: Any, name: str, value: Any) -> Any:
        setattr(thing, name, value)
        return "ok", None

    def getitem(self, thing: Any, key: Any) -> Any:
        if type(thing) in wire.PLAIN_TENSORS:
            return "ok", wire.item(thing, key)
        return "ok", thing[key]

    def setitem(self, thing: Any, key: Any, value: Any) -> Any:
        if type(thing) in wire.PLAIN_TENSORS:
            wire.set_item(thing, key, value)
        else:
            thing[key] = value
        return "ok", None

    def len(self, thing: Any) -> Any:
        return "ok", len(thing)

    def repr(self, thing: Any) -> Any:
        return "ok", str(repr(thing))[:10_000]

    def iter(self, thing: Any) -> Any:
        return "ok", _Kept(iter(thing))

    def next(self, iterator: Iterator[Any]) -> Any:
        return "ok", list(itertools.islice(iterator, _STEP))

    def put(self, value: Any) -> Any:
        return "ok", _Kept(value)

    def fetch(self, thing: Any) -> Any:
        if isinstance(thing, Mapping):
            return "ok", dict(thing)
        if isinstance(thing, tuple):
            return "ok", tuple(tuple.__iter__(thing))
        return "ok", thing

    def define(self, source: str) -> Any:
        module = types.ModuleType("helpers")
        code = self.helpers.get(source)
        if code is None:
            # linecache keeps the source, so that a DataLoader worker or a traceback can quote it.
            filename = f"<helpers {len(self.helpers) + 1}>"
            linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
            code = self.helpers[source] = compile(source, filename, "exec")
        sys.modules[module.__name__] = module
        exec(code, module.__dict__)
        return "ok", _Kept(module)

    def changed_later(self) -> Any:
        return "ok", self.moments.changed_later()

    def seed(self, seed: int) -> Any:
        of_python, of_numpy, of_torch, of_cpu = _SEEDS
        of_python(seed)
        of_numpy(seed % 2**32)
        # torch's own notes the stack for each kind of device that may come later, which takes 5 ms.
        (of_torch if _has_device() else of_cpu)(seed)
        return "ok", None


_OPS: dict[str, Callable[..., Any]] = {
    name: getattr(Agent, name)
    for name in (
        *("get", "set", "call", "getattr", "setattr", "getitem", "setitem", "len", "repr"),
        *("iter", "next", "put", "fetch", "define", "seed", "changed_later"),
    )
}


class _Kept:
    """Marks a value that goes out as a handle even where it is plain data."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _MissingName(Exception):
    def __init__(self, name: str) -> None:
        self.name = name


def type_names(value: Any) -> list[str]:
    """The qualified names of a value's types, nearest first."""
    names = []
    for kind in type.__getattribute__(type(value), "__mro__")[:32]:
        # For a function's type this is a descriptor, for a lying class anything.
        module = kind.__dict__.get("__module__", "builtins")
        module = module if type(module) is str else "builtins"
        names.append(f"{module}.{type.__getattribute__(kind, '__qualname__')}"[:200])
    return names


def _told(problem: BaseException) -> dict[str, Any]:
    """An exception as plain data: its type, its text, and the line of the cell it came from."""
    lines: list[tuple[str, int, str]] = []
    step = problem.__traceback__
    while step is not None and len(lines) < 200:
        name = step.tb_frame.f_code.co_filename
        lines.append((name, step.tb_lineno, linecache.getline(name, step.tb_lineno).strip()[:500]))
        step = step.tb_next
    cells = [line for line in lines if "ipykernel" in line[0] or line[0].startswith("<cell")]
    where = cells[-1] if cells else ("", 0, "")
    try:
        message = str(problem)[:4000]
    except BaseException:  # noqa: BLE001 - the student's __str__ may raise anything
        message = ""
    return {
        "type": str(type(problem).__name__)[:200],
        "message": message,
        "line_number": where[1],
        "line": where[2],
        "interrupted": isinstance(problem, KeyboardInterrupt),
    }


def install(app: Any, line: int) -> None:
    """Called by the kernel's start-up, before any cell runs: from now on the judge can ask.

    `app` is ipykernel's IPKernelApp after its initialize(), `line` a socket that is connected to
    the judge.
    """
    agent, channel = Agent(app.shell.user_ns), socket.socket(fileno=line)
    # With a time limit Python waits by poll: else a cell that sets its copy of the socket not to
    # block, as it may with all that it finds open, would do so for ours.
    channel.settimeout(_FOR_EVER_S)
    to_judge = _Line(
        receive=Frames(channel.recv, _MOST_BYTES).next,
        send=channel.sendall,
        frame=frame,
        answer=agent.answer,
        answer_of=agent.answer_of,
    )
    comms = app.kernel.comm_manager
    comms.register_target(TARGET, lambda _comm, _message: _serve(to_judge))
    keep = agent.moments.keep
    comms.register_target(KEEP_TARGET, lambda _comm, message: keep(**message["content"]["data"]))


class _Line(NamedTuple):
    """The functions of a line to the judge, as they were before any cell ran."""

    receive: Callable[[], tuple[bytes, list[bytes]]]
    send: Callable[[bytes | memoryview], object]
    frame: Callable[[bytes, list[wire.Buffer]], list[bytes | memoryview]]
    answer: Callable[[list[wire.Buffer]], list[wire.Buffer]]
    answer_of: Callable[[BaseException], list[wire.Buffer]]

    def reply(self, number: bytes, answer: list[wire.Buffer]) -> None:
        for part in self.frame(number, answer):
            self.send(part)


def _serve(line: _Line) -> None:
    """Answers on the line until the judge closes it (see kernel/line.py).

    The judge interrupts what takes too long; an interrupt that comes too late must end no more
    than what it was for.
    """
    while True:
        waiting = b""
        try:
            number, request = line.receive()
            if not request:
                return
            waiting = number
            line.reply(number, line.answer([memoryview(part) for part in request]))
        except KeyboardInterrupt as late:
            if waiting:
                line.reply(waiting, line.answer_of(late))
        except EOFError:
            return
