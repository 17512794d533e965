"""Files of `torch.save` that a student's process wrote: loaded by torch, in a kernel of their own.

Loading a file may run what it says: weights_only=True is as good as torch's list of harmless names.
So none is loaded in this process. A fresh kernel, in the sandbox, in which no code of the student's
has run, loads it and answers with plain data. A file that gets past torch finds nothing there that
the student's own kernel has not got, and can only lie about files of the same student. torch itself
decides what it takes: a reader of our own would refuse some of that, and would need upkeep.

A bad file is the student's outcome: it raises an `UnreadableFile`, and a check lets that pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch

from autograder.expect.raising import Mismatch
from autograder.expect.words import kind_of
from autograder.namespace.failures import StudentError, StudentFailure
from autograder.namespace.space import Handle, Space, define

MAX_FILE_BYTES = 64_000_000

# Runs in the fresh kernel.
_TOOLS = r'''
import io
import struct
import zipfile

import torch

MAGIC = torch.serialization.MAGIC_NUMBER.to_bytes(10, "little")


def load(data):
    return torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)


def trapped(data, expression):
    """The same file, whose first pickle begins with a call of eval."""
    text = expression.encode()
    trap = b"cbuiltins\neval\nX" + struct.pack("<I", len(text)) + text + b"\x85R0"
    if MAGIC in data[:32]:
        return begun_with(trap, data)
    made, found = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("/data.pkl"):
                content, found = begun_with(trap, content), found + 1
            new.writestr(name, content)
    if found != 1:
        raise ValueError("this archive has no data.pkl")
    return made.getvalue()


def begun_with(trap, pickle):
    # Behind PROTO and its number.
    return pickle[:2] + trap + pickle[2:]
'''

# torch's words for a name that it does not take, and for a whole model compiled by torch.jit.
_REFUSED = re.compile(r"GLOBAL (\S+)|with (TorchScript) archives")
# What it says to whoever might trust the file, around the reason.
_ADVICE = re.compile(r"Weights only load failed.*WeightsUnpickler error:|Check the documentation.*")


class UnreadableFile(Mismatch):
    """`torch.load(path, weights_only=True)` cannot read the file, or it holds too much."""


@dataclass(frozen=True, kw_only=True)
class TorchFile:
    """What a file holds: plain data and tensors, None where torch refuses to load it.

    An OrderedDict counts as a dict, a Parameter as a tensor. `refused` is "", or what torch does
    not take with weights_only=True: of a pickled model its class, as in `__main__.NeuralNetwork`.
    """

    value: Any = None
    refused: str = ""

    @property
    def tensors(self) -> list[torch.Tensor]:
        """All tensors in it, wherever they stand."""
        return [part for part in _parts(self.value) if isinstance(part, torch.Tensor)]


def read_torch_file(fresh: Space, data: Any) -> TorchFile:
    """What the bytes of a file hold, loaded in the fresh kernel; raises UnreadableFile.

    >>> file = read_torch_file(fresh, tools.bytes_of(path))
    >>> expect(file.value["weight"], weight)
    """
    data = _checked(data)
    try:
        value = define(fresh, _TOOLS).load(data)
    except StudentError as problem:
        refused = _REFUSED.search(problem.message)
        if refused:
            return TorchFile(refused=refused[1] or refused[2])
        raise UnreadableFile(
            "torch.load(path, weights_only=True) cannot read the file.",
            detail=f"torch.load raised {_without_advice(problem)}",
            hint="Was it written by torch.save, with its default settings?",
        ) from problem
    except StudentFailure as problem:
        fact = "The file takes too long to load, or too much memory."
        raise UnreadableFile(fact, detail=str(problem)) from problem
    if isinstance(value, Handle):
        raise UnreadableFile(f"What the file holds cannot be compared: it is {kind_of(value)}.")
    return TorchFile(value=_plain(value))


def booby_trapped(fresh: Space, data: Any, expression: str) -> bytes:
    """The same file, whose pickle also evaluates a Python expression where it is loaded unsafely.

    With weights_only=True it is refused, without it everything that was in it is still there.
    """
    data = _checked(data)
    try:
        trapped = define(fresh, _TOOLS).trapped(data, expression)
    except StudentFailure as problem:
        fact = "torch.save has not written this file."
        raise UnreadableFile(fact, detail=str(problem)) from problem
    return _checked(trapped)


def _without_advice(problem: StudentError) -> str:
    reason = _ADVICE.sub("", " ".join(problem.message.split())).strip()
    return f"{problem.type_name}: {reason}" if reason else problem.type_name


def _checked(data: Any) -> bytes:
    if type(data) is not bytes:
        raise UnreadableFile("There is no file of a readable size at the path.")
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(f"The file has {len(data) / 1e6:,.0f} MB: too much for these weights.")
    return data


def _plain(value: Any) -> Any:
    """The same without gradients. It came over the wire: so it is not nested deeply."""
    if isinstance(value, torch.Tensor):
        return value.detach()
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_plain(part) for part in value)
    return value


def _parts(value: Any) -> Iterator[Any]:
    yield value
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from _parts(part)
