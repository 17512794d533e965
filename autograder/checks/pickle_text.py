"""What a pickle says, read without doing any of it.

A pickle is a program for a small stack machine, whose GLOBAL and REDUCE import and call whatever
they name. This reader knows the operations that the files of `torch.save` are made of, and builds
a description: a call stays a `Made`, a name stays a `Named`. Nothing is imported, called, hashed or
compared that the file says.
"""

from __future__ import annotations

import io
import pickletools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

MAX_BYTES = 1_000_000
MAX_STEPS = 200_000


class Malformed(Exception):
    """The bytes are no pickle, or one that `torch.load` would not take with weights_only=True."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something of a module that the pickle names."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@dataclass(eq=False, slots=True)
class Made:
    """What a call would have made: of whom, of what arguments, and what was put into it."""

    maker: Any
    args: Any
    items: list[Any] = field(default_factory=list)


Explain = Callable[[Named, tuple[Any, ...]], Any]
"""Gives what a call of a known name stands for; a `Made` for all others."""


@dataclass(kw_only=True)
class Pickle:
    """One pickle read: its value, all names in it, and the place of its STOP and of what follows.

    `value` is made of None, bool, int, float, str, list, tuple, dict, and what `explain` and
    `persistent` give. It may be nested deeply and hold itself: walk over it with `parts`.
    """

    value: Any
    named: frozenset[Named]
    stop: int
    end: int


def read_pickle(
    data: bytes,
    start: int = 0,
    *,
    explain: Explain = Made,
    persistent: Callable[[Any], Any] = lambda told: told,
) -> Pickle:
    """The pickle that begins at `start`; raises Malformed, and only that, for what is none."""
    machine = _Machine(explain, persistent)
    source = io.BytesIO(data[start : start + MAX_BYTES])
    try:
        for count, (operation, arg, place) in enumerate(pickletools.genops(source)):
            if count > MAX_STEPS:
                raise Malformed("it has too many steps")
            if operation.name == "STOP":
                value = machine.pop()
                end = start + source.tell()
                return Pickle(
                    value=value,
                    named=frozenset(machine.named),
                    stop=start + int(place or 0),
                    end=end,
                )
            machine.step(operation.name, arg)
    except Malformed:
        raise
    except Exception as problem:
        # pickletools and the stack raise whatever comes: ValueError, IndexError, struct.error, …
        raise Malformed(f"it is no pickle ({type(problem).__name__})") from problem
    raise Malformed("it has no end")


def parts(value: Any, limit: int = MAX_STEPS) -> Iterator[Any]:
    """A value and all that it holds, each part once, however deep and however often it occurs."""
    waiting, seen = [value], set()
    while waiting and limit > 0:
        limit -= 1
        part = waiting.pop()
        inside = _inside(part)
        if inside:
            if id(part) in seen:
                continue
            seen.add(id(part))
        yield part
        waiting.extend(inside)


def _inside(part: Any) -> list[Any]:
    if isinstance(part, dict):
        return [*part.keys(), *part.values()]
    if isinstance(part, (list, tuple)):
        return list(part)
    if isinstance(part, Made):
        return [part.maker, part.args, *part.items]
    return []


_MARK: Final = object()
_CONSTANTS: Final[dict[str, Callable[[], Any]]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
    "MARK": lambda: _MARK,
}
_LITERALS: Final = frozenset(
    ("BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE", "SHORT_BINSTRING")
)


class _Machine:
    def __init__(self, explain: Explain, persistent: Callable[[Any], Any]) -> None:
        self.explain = explain
        self.persistent = persistent
        self.stack: list[Any] = []
        self.memo: dict[int, Any] = {}
        self.named: set[Named] = set()

    def pop(self) -> Any:
        value = self.stack.pop()
        if value is _MARK:
            raise Malformed("a mark stands in the place of a value")
        return value

    def drop(self) -> None:
        self.pop()

    def pop_to_mark(self) -> list[Any]:
        for place in range(len(self.stack) - 1, -1, -1):
            if self.stack[place] is _MARK:
                found = self.stack[place + 1 :]
                del self.stack[place:]
                return found
        raise Malformed("a mark is missing")

    def step(self, name: str, arg: Any) -> None:
        if name in _CONSTANTS:
            self.stack.append(_CONSTANTS[name]())
        elif name in _LITERALS:
            self.stack.append(arg)
        elif name in _STEPS:
            _STEPS[name](self, arg)
        elif name != "PROTO":
            # What torch.save does not write, torch.load with weights_only=True does not take.
            raise Malformed(f"it uses {name}")

    def tuple_of(self, count: int) -> None:
        self.stack.append(tuple([self.pop() for _ in range(count)][::-1]))

    def tuple_to_mark(self, _arg: Any) -> None:
        self.stack.append(tuple(self.pop_to_mark()))

    def put(self, place: int) -> None:
        self.memo[place] = self.stack[-1]

    def get(self, place: int) -> None:
        self.stack.append(self.memo[place])

    def global_(self, arg: str) -> None:
        module, _, name = arg.partition(" ")
        named = Named(module, name)
        self.named.add(named)
        self.stack.append(named)

    def call(self, _arg: Any) -> None:
        args, maker = self.pop(), self.pop()
        known = isinstance(maker, Named) and isinstance(args, tuple)
        self.stack.append(self.explain(maker, args) if known else Made(maker, args))

    def build(self, _arg: Any) -> None:
        state = self.pop()
        # An OrderedDict's own attributes (a state_dict's _metadata) are no part of its items.
        if isinstance(self.stack[-1], Made):
            self.stack[-1].items.append(state)

    def persistent_id(self, _arg: Any) -> None:
        self.stack.append(self.persistent(self.pop()))

    def add(self, items: list[Any]) -> None:
        target = self.stack[-1]
        if isinstance(target, list):
            target.extend(items)
        elif isinstance(target, Made):
            target.items.extend(items)
        else:
            raise Malformed("something is appended to what is no list")

    def append(self, _arg: Any) -> None:
        item = self.pop()
        self.add([item])

    def appends(self, _arg: Any) -> None:
        self.add(self.pop_to_mark())

    def set_pairs(self, pairs: list[Any]) -> None:
        target = self.stack[-1]
        if isinstance(target, Made):
            target.items.extend(pairs)
            return
        if not isinstance(target, dict) or len(pairs) % 2:
            raise Malformed("items are set in what is no dict")
        for key, value in zip(pairs[::2], pairs[1::2], strict=True):
            # Never a tuple: hashing one that is nested a million times overruns C's stack.
            if key is not None and type(key) not in (str, int, float, bool):
                raise Malformed("a dict has a key that is no text or number")
            target[key] = value

    def set_item(self, _arg: Any) -> None:
        value, key = self.pop(), self.pop()
        self.set_pairs([key, value])

    def set_items(self, _arg: Any) -> None:
        self.set_pairs(self.pop_to_mark())


_STEPS: Final[dict[str, Callable[[_Machine, Any], None]]] = {
    "TUPLE1": lambda machine, _arg: machine.tuple_of(1),
    "TUPLE2": lambda machine, _arg: machine.tuple_of(2),
    "TUPLE3": lambda machine, _arg: machine.tuple_of(3),
    "TUPLE": _Machine.tuple_to_mark,
    "POP": lambda machine, _arg: machine.drop(),
    "BINPUT": _Machine.put,
    "LONG_BINPUT": _Machine.put,
    "BINGET": _Machine.get,
    "LONG_BINGET": _Machine.get,
    "GLOBAL": _Machine.global_,
    "REDUCE": _Machine.call,
    "NEWOBJ": _Machine.call,
    "BUILD": _Machine.build,
    "BINPERSID": _Machine.persistent_id,
    "APPEND": _Machine.append,
    "APPENDS": _Machine.appends,
    "SETITEM": _Machine.set_item,
    "SETITEMS": _Machine.set_items,
}
