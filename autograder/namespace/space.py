"""`Space`, `Handle` and the free functions on them."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from autograder import wire
from autograder.errors import WireError
from autograder.expect import label
from autograder.expect.words import kind_of
from autograder.namespace.calls import CallLog
from autograder.namespace.failures import (
    MissingName,
    NoLength,
    NotCallable,
    SolutionFailed,
    SolutionHasNoLength,
    StudentDied,
    StudentError,
    StudentFailure,
    StudentTimeout,
)
from autograder.namespace.observed import observed, observed_failure
from autograder.namespace.turns import FailedLook, Turn
from autograder.results import Observed

MAX_ITEMS = 100_000
# Of a check with more requests than this, the first and the last are kept.
MAX_OBSERVED = 32
# What these answer says nothing of the student's code: a handle of what was sent, or nothing.
_SAYS_NOTHING = frozenset(
    {"define", "put", "seed", "set", "setattr", "setitem", "iter", "changed_later"}
)
_MAX_KNOWN = 500
_GONE = "gone"  # the id of no object

# What a handle says of itself is the student's process's text, and stands in facts that students
# read: only words of the wire's own pass, and names too short to carry a hidden input.
_REASON = re.compile(
    r"it holds more than [0-9,]{1,9} values|it is nested more than [0-9]{1,3} levels deep|"
    r"it is a whole number of [0-9,]{1,12} bits|it is a text of [0-9,]{1,12} characters|"
    r"its shape has [0-9,]{1,6} dimensions|its shape is too large|it needs [0-9,]{1,15} MB|"
    r"its description needs [0-9,]{1,12} bytes|it is a numpy value of dtype [a-z]{1,12}[0-9]{0,4}"
)
_NOT_CALLABLE = re.compile(r"'([^']{1,200})' object is not callable")
_KNOWN_MODULES = ("torch", "torchvision", "numpy", "builtins", "matplotlib", "PIL")
_TYPE_NAME = re.compile(r"[A-Za-z_]{1,32}[0-9]{0,3}d?")


RunCell = Callable[[str, float], None]
"""Runs the cell of this name once more, for at most so many seconds; raises StudentFailure."""


class Channel(Protocol):
    """Carries one request to an agent and its reply back.

    Raises StudentTimeout or StudentDied where no reply comes. A reply that breaks the rules is
    answered by `reject`, which ends the sender. `new_round` is told when a check begins, and gives
    the number by which the agent knows its round from the one before. `reopen` runs the notebook
    anew where its kernel has ended, and says whether there is one now.
    """

    def new_round(self, number: int) -> int: ...

    def reopen(self) -> bool: ...

    def request(self, buffers: list[wire.Buffer], wall_s: float) -> list[wire.Buffer]: ...

    def reject(self, why: str) -> None: ...


class Link:
    """One side as the judge sees it: its channel, the time limit of a call, the current round.

    With a new round the other side forgets every handle: each check starts one.
    """

    def __init__(self, channel: Channel, *, owner: str, wall_s: float) -> None:
        self.channel = channel
        self.owner = owner
        self.wall_s = wall_s
        self.round = 0
        self.number = 0
        self.seed: int | None = None
        self.exercise = ""
        self.named: dict[str, Handle] = {}
        self.cells_run = 0
        self.ended_by_others: set[str] = set()
        self.turn = Turn.ANY
        self.looks = 0
        self.failed_look: FailedLook | None = None
        self.calls: CallLog | None = None
        self.observed: list[Observed] = []

    def new_round(self, seed: int | None = None, exercise: str = "") -> None:
        """From the next request on the other side forgets all handles given so far.

        Before that request is answered, its names are bound as they were when the visible check of
        `exercise` would have run, and torch, NumPy and random are seeded with `seed`: so that what
        an answer draws by chance can be compared with what other answers draw.
        """
        self.round += 1
        self.number = self.channel.new_round(self.round)
        self.seed, self.exercise = seed, exercise
        self.named.clear()
        self.cells_run = 0
        self.observed = []
        if self.calls is not None:
            self.calls.begin_check()

    def name(self, name: str) -> Any:
        """What the notebook's namespace has under this name, asked once a round for an object."""
        if name in self.named:
            return self.named[name]
        value = self.ask("get", name)
        if isinstance(value, Handle):
            self.named[name] = value
            if self.calls is not None:
                self.calls.name(value, name)
        return value

    def set_name(self, name: str, value: Any) -> None:
        """Puts a value under this name into the notebook's namespace."""
        self.named.pop(name, None)
        self.ask("set", name, value)

    def ask(self, op: str, *args: Any) -> Any:
        """The value that the other side answers with, validated; raises StudentFailure."""
        try:
            value = self._asked(op, args)
        except StudentFailure as failure:
            self._note(observed_failure(failure))
            raise
        says_nothing = op in _SAYS_NOTHING or (op == "get" and isinstance(value, Handle))
        if self.owner != "solution" and not says_nothing:
            self._note(observed(op, value))
        return value

    def _note(self, line: Observed) -> None:
        if len(self.observed) == MAX_OBSERVED:
            del self.observed[MAX_OBSERVED // 2]
        self.observed.append(line)

    def _asked(self, op: str, args: tuple[Any, ...]) -> Any:
        request = wire.encode(
            ((self.number, self.seed, self.exercise), op, *args), fallback=self._own_handle
        )
        reply_buffers = self.channel.request(request, self.wall_s)
        try:
            reply = wire.decode(reply_buffers, resolve=self._resolve)
            return self._read(reply, op, args)
        except WireError as problem:
            self.channel.reject(str(problem))
            raise StudentDied("its answer was no valid message") from problem

    def _read(self, reply: Any, op: str, args: tuple[Any, ...]) -> Any:
        if type(reply) is not tuple or not reply or type(reply[0]) is not str:
            raise WireError("a reply is of no known form")
        match reply:
            case ("ok", value):
                return value
            case ("missing", str(), list(known)) if op == "get":
                raise self._missing(args[0], known)
            case ("raised", dict(told)):
                raise self._raised(told)
        raise WireError("a reply is of no known form")

    def _missing(self, name: str, known: list[Any]) -> Exception:
        # The name is the one that was asked for, whatever the reply says it is.
        if self.owner == "solution":
            return SolutionFailed(f"it defines no {name}")
        return MissingName(name, [k for k in known[:_MAX_KNOWN] if isinstance(k, str)])

    def _raised(self, told: dict[Any, Any]) -> Exception:
        type_name, message = told.get("type"), told.get("message")
        line_number, line = told.get("line_number", 0), told.get("line", "")
        if not (isinstance(type_name, str) and isinstance(message, str) and isinstance(line, str)):
            raise WireError("an exception is told in no known form")
        if self.owner == "solution":
            return SolutionFailed(f"{type_name}: {message}")
        if told.get("interrupted") is True:
            return StudentTimeout(self.wall_s)
        number = line_number if isinstance(line_number, int) else 0
        return StudentError(type_name, message, number, line)

    def _resolve(self, handle_id: str, types: Any, why: str) -> Handle:
        return Handle(self, handle_id, tuple(types), why if _REASON.fullmatch(why) else "")

    def _own_handle(self, value: Any) -> Any:
        if isinstance(value, Handle) and value._autograder_link is self:
            # The other side may use its ids again, but has forgotten all of an earlier round.
            current = value._autograder_round == self.round
            return wire.handle_node(value._autograder_id if current else _GONE, [])
        if isinstance(value, Handle):
            raise TypeError(f"a handle of another side cannot be passed to the {self.owner}")
        raise wire.NotPlain(f"a check passed an object of type {type(value).__name__}")


class Handle:
    """An object that stays on the other side. Use it like the object itself.

    Calls, items and attributes give plain data or further handles.
    """

    __slots__ = (
        "_autograder_id",
        "_autograder_link",
        "_autograder_round",
        "_autograder_types",
        "_autograder_why",
    )

    def __init__(self, link: Link, handle_id: str, types: tuple[str, ...], why: str = "") -> None:
        object.__setattr__(self, "_autograder_link", link)
        object.__setattr__(self, "_autograder_round", link.round)
        object.__setattr__(self, "_autograder_id", handle_id)
        object.__setattr__(self, "_autograder_types", types)
        object.__setattr__(self, "_autograder_why", why)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _called(self, args, kwargs, keep_result=False)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        link = self._autograder_link
        value = link.ask("getattr", self, name)
        if link.calls is not None:
            link.calls.name(value, f"{link.calls.said(self)}.{name}")
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self._autograder_link.ask("setattr", self, name, value)

    def __getitem__(self, key: Any) -> Any:
        return self._autograder_link.ask("getitem", self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._autograder_link.ask("setitem", self, key, value)

    def __len__(self) -> int:
        try:
            length = self._autograder_link.ask("len", self)
        except StudentError as problem:
            told = (problem.type_name, problem.message, problem.line_number, problem.line)
            raise NoLength(*told) from problem
        except SolutionFailed as problem:
            raise SolutionHasNoLength(str(problem)) from problem
        if type(length) is not int or length < 0:
            raise StudentError("TypeError", "a length is no whole number")
        return length

    def __iter__(self) -> Iterator[Any]:
        iterator = self._autograder_link.ask("iter", self)
        count = 0
        while True:
            items = self._autograder_link.ask("next", iterator)
            if not isinstance(items, list):
                raise StudentError("TypeError", "iterating gave no items")
            yield from items
            count += len(items)
            if not items or count >= MAX_ITEMS:
                return

    def __bool__(self) -> bool:
        # An object of the student's must never count as a truth value in a check.
        raise TypeError("a handle is neither true nor false: compare fetched data")

    def __eq__(self, other: object) -> bool:
        raise TypeError("handles are not compared: compare fetched data")

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<handle of {self._autograder_types[0] if self._autograder_types else '?'}>"

    @staticmethod
    def _kind_in_words_(handle: Handle) -> str:
        """Called by `expect` to say what came back in the place of plain data."""
        names = handle._autograder_types
        name = names[0] if names else ""
        module, _, short = name.rpartition(".")
        known = module.split(".")[0] in _KNOWN_MODULES
        what = (
            f"an object of type {short}"
            if known and _TYPE_NAME.fullmatch(short)
            else "an object of its own class"
        )
        if short == "function" and module == "builtins":
            what = "a function"
        if "builtins.dtype" in names:  # A type of C does not say that it is NumPy's.
            what = "a dtype of NumPy"
        return f"{what} ({handle._autograder_why})" if handle._autograder_why else what


class Space:
    """The names of a notebook, or of helper code, by attribute.

    Assigning replaces a name on the other side.
    """

    __slots__ = ("_autograder_link", "_autograder_module")

    def __init__(self, link: Link, module: Handle | None = None) -> None:
        object.__setattr__(self, "_autograder_link", link)
        object.__setattr__(self, "_autograder_module", module)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if self._autograder_module is None:
            return self._autograder_link.name(name)
        link = self._autograder_link
        value = link.ask("getattr", self._autograder_module, name)
        if link.calls is not None:
            link.calls.name(value, name)
        return value

    def __repr__(self) -> str:
        """What pytest's explanation of a plain `assert` calls it: `student`, `solution`."""
        return str(self._autograder_link.owner)

    def __setattr__(self, name: str, value: Any) -> None:
        if self._autograder_module is not None:
            self._autograder_link.ask("setattr", self._autograder_module, name, value)
        else:
            self._autograder_link.set_name(name, value)


def put(space: Space, value: Any) -> Handle:
    """A copy of the value on that side, as a handle: look later whether it was changed."""
    link = space._autograder_link
    handle = _handle(link, link.ask("put", value))
    note_placed(handle, value)
    return handle


def note_placed(handle: Handle, value: Any) -> None:
    """Notes what a handle holds, for pages that show what a call was given."""
    calls = handle._autograder_link.calls
    if calls is not None:
        calls.place(handle, value)


def keep(function: Handle, *args: Any, **kwargs: Any) -> Handle:
    """Calls `function` and keeps its result on its side, even where it is plain data."""
    require_function(function, label.of_first_argument(sys._getframe(1)))
    return _handle(function._autograder_link, _called(function, args, kwargs, keep_result=True))


def require_function(value: Any, name: str) -> None:
    """Raises NotCallable for plain data, which no side can call. `name` is what it is called."""
    if not isinstance(value, Handle):
        raise NotCallable("" if name == label.FALLBACK else name, kind_of(value))


def _called(function: Handle, args: Any, kwargs: Any, *, keep_result: bool) -> Any:
    link = function._autograder_link
    log = link.calls
    noted = log.begin(log.said(function), args, kwargs) if log is not None else None
    try:
        value = link.ask("call", function, list(args), kwargs, keep_result)
        if noted is not None:
            noted.result = value
            log.name(value, noted.text)
        return value
    except StudentError as problem:
        if not _says_not_callable(problem, function):
            raise
        name = next((name for name, known in link.named.items() if known is function), "")
        raise NotCallable(name, kind_of(function), problem.message) from problem


def _says_not_callable(problem: StudentError, function: Handle) -> bool:
    """Whether the call itself could not be made: a line of a cell means that it was made."""
    said = _NOT_CALLABLE.fullmatch(problem.message)
    if problem.type_name != "TypeError" or problem.line_number or said is None:
        return False
    own = function._autograder_types[0] if function._autograder_types else ""
    return own.rpartition(".")[2] == said[1].rpartition(".")[2]


def fetch(value: Any) -> Any:
    """The plain data behind a handle; what cannot be plain stays a handle."""
    if not isinstance(value, Handle):
        return value
    link = value._autograder_link
    plain = link.ask("fetch", value)
    if link.calls is not None:
        link.calls.fetch(value, plain)
    return plain


def define(space: Space, source: str) -> Space:
    """Runs helper code in a fresh module on that side; its names are the result's attributes.

    The code stands beside the student's: it must hold no secret and no expected value.
    """
    link = space._autograder_link
    if link.calls is not None:
        link.calls.learn(source)
    return Space(link, _handle(link, link.ask("define", source)))


def set_seed(space: Space, seed: int) -> None:
    """Seeds torch, NumPy and random on that side."""
    space._autograder_link.ask("seed", seed)


def type_names(value: Any) -> list[str]:
    """The qualified names of a value's types, nearest first, as its side tells them."""
    if isinstance(value, Handle):
        return list(value._autograder_types)
    return [f"{kind.__module__}.{kind.__qualname__}" for kind in type(value).__mro__]


def _handle(link: Link, value: Any) -> Handle:
    if not isinstance(value, Handle):
        link.channel.reject("an answer is no handle")
        raise StudentDied("its answer was no valid message")
    return value


@contextlib.contextmanager
def time_limit(space: Space, wall_s: float | None) -> Iterator[None]:
    """Within it, each call on that side may take `wall_s` seconds; None leaves the limit."""
    link = space._autograder_link
    before = link.wall_s
    link.wall_s = before if wall_s is None else wall_s
    try:
        yield
    finally:
        link.wall_s = before


@contextlib.contextmanager
def calls_noted(space: Space, parameters: dict[str, Sequence[str]]) -> Iterator[CallLog]:
    """Within it the calls of each check are noted. `parameters` are those of the notebook's
    functions, by name.
    """
    link = space._autograder_link
    link.calls = CallLog(parameters=dict(parameters))
    try:
        yield link.calls
    finally:
        link.calls = None


@contextlib.contextmanager
def unobserved(space: Space) -> Iterator[None]:
    """Within it, nothing that is asked counts as the answer's behaviour: it is for pages."""
    link = space._autograder_link
    before = list(link.observed)
    try:
        yield
    finally:
        link.observed = before


def run_again(space: Space, run: RunCell, name: str) -> None:
    """Has `run` run a cell of that notebook again, within the check's time limit.

    Names that were looked up before are looked up anew; handles stay as they are.
    """
    link = space._autograder_link
    link.cells_run += 1
    try:
        run(name, link.wall_s)
    finally:
        link.named.clear()


def names_asked(space: Space) -> list[str] | None:
    """The names of that notebook's objects that this check has asked for; None where it has run
    cells too, which use what they like.
    """
    link = space._autograder_link
    return None if link.cells_run else list(link.named)


def ended_by_others(space: Space) -> bool:
    """Whether what ended the kernel in an earlier check of this exercise was what the answer calls:
    beside right versions it did not end.
    """
    return space._autograder_link.exercise in space._autograder_link.ended_by_others


@contextlib.contextmanager
def reopened(space: Space) -> Iterator[None]:
    """A look in a fresh kernel, after an answer has ended one: as if the check began anew.

    Raises StudentDied where there is none to be had. Handles from before are gone.
    """
    link = space._autograder_link
    if not link.channel.reopen():
        raise StudentDied("no kernel was left to look in again")
    link.new_round(link.seed, link.exercise)
    yield
    link.ended_by_others.add(link.exercise)


def new_round(space: Space, seed: int | None = None, exercise: str = "") -> None:
    """A new check begins on that side: see `Link.new_round`."""
    space._autograder_link.looks = 0
    space._autograder_link.new_round(seed, exercise)


def changed_later(space: Space) -> Any:
    """What cells below an exercise's visible check changed, as that side says: {exercise: (names,
    settings)}. Not validated beyond the wire: whatever it is, it is for notes alone.
    """
    return space._autograder_link.ask("changed_later")


def observed_in_round(space: Space) -> tuple[Observed, ...]:
    """What came back from that side since the round began."""
    return tuple(space._autograder_link.observed)
