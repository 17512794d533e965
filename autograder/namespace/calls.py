"""What a check asks of a side, call by call: for pages, which show the calls of the public draw."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from autograder.expect.words import shown

_MOST: Final = 200
_LONGEST: Final = 80
_NOTHING: Final = object()


_not_noted: ContextVar[bool] = ContextVar("not_noted", default=False)


@contextlib.contextmanager
def not_noted() -> Iterator[None]:
    """Within it no call is noted: it only tells mistakes apart."""
    before = _not_noted.set(True)
    try:
        yield
    finally:
        _not_noted.reset(before)


@dataclass(slots=True)
class Call:
    """One call: its text, what it was given by the parameters' names, and its result.

    `answers` are the names of the notebook's functions that it was given: those are what a helper
    of the check's asks.
    """

    text: str
    given: list[tuple[str, Any]]
    answers: tuple[str, ...] = ()
    result: Any = _NOTHING

    @property
    def ended(self) -> bool:
        """Whether it gave a result."""
        return self.result is not _NOTHING


@dataclass(slots=True)
class CallLog:
    """The calls of one check, in order. `parameters` are those of functions, by their name."""

    parameters: dict[str, Sequence[str]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    _said: dict[str, str] = field(default_factory=dict)
    _placed: dict[str, Any] = field(default_factory=dict)
    _fetched: list[tuple[str, Any]] = field(default_factory=list)

    def begin(self, said: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Call:
        """Notes a call of what is called `said`."""
        given = [*zip(self._names(said, args), args, strict=True), *kwargs.items()]
        answers = [text for _, value in given if (text := self.said(value)).isidentifier()]
        inner = [value for name, value in given if name in ("args", "kwargs")]
        if len(answers) == 1 and len(inner) == 2:
            # What a helper calls is the answer: its own parameters say nothing to students.
            args, kwargs = inner
            said, answers = answers[0], []
            given = [*zip(self._names(said, args), args, strict=True), *kwargs.items()]
        texts = [name or self.said(value) or shown(value) for name, value in given]
        named = [(name or text, value) for (name, value), text in zip(given, texts, strict=True)]
        call = Call(
            text=_cut(f"{said}({', '.join(texts)})"),
            given=[(n, self._as_placed(v)) for n, v in named if self.said(v) not in answers],
            answers=tuple(answers),
        )
        if len(self.calls) < _MOST and not _not_noted.get():
            self.calls.append(call)
        return call

    def _names(self, said: str, args: Sequence[Any]) -> list[str]:
        names = [*self.parameters.get(said, ())][: len(args)]
        return names + [""] * (len(args) - len(names))

    def behind(self, value: Any) -> int:
        """Which call gave this value, as a part of its result or whole; the last, where that is not
        known, and -1 where there was none.
        """
        handle = next((handle for handle, got in self._fetched if _holds(got, value)), None)
        for number in reversed(range(len(self.calls))):
            result = self.calls[number].result
            if _holds(result, value) or (handle is not None and _id(result) == handle):
                return number
        return len(self.calls) - 1

    def name(self, value: Any, text: str) -> None:
        """From now on a handle is called by this text; anything else has no name."""
        if _id(value):
            self._said[_id(value)] = _cut(text)

    def said(self, value: Any) -> str:
        """What a handle is called, "" for anything else."""
        return self._said.get(_id(value), "")

    def place(self, handle: Any, value: Any) -> None:
        """Notes what was put on the other side."""
        self._placed[_id(handle)] = value

    def fetch(self, handle: Any, value: Any) -> None:
        """Notes what was fetched from there."""
        self._fetched.append((_id(handle), value))

    def learn(self, source: str) -> None:
        """Takes in the parameters of the functions that code defines."""
        self.parameters |= parameters_of([source])

    def begin_check(self) -> None:
        """Forgets the calls so far."""
        self.calls, self._said, self._placed, self._fetched = [], {}, {}, []

    def _as_placed(self, value: Any) -> Any:
        return self._placed.get(_id(value), value)


def _id(value: Any) -> str:
    """A handle's id, "" for anything else."""
    return str(getattr(value, "_autograder_id", ""))


def _holds(whole: Any, part: Any) -> bool:
    """Whether `part` is this very object, or in it: not one that is equal."""
    if whole is part:
        return part is not None
    if isinstance(whole, dict):
        whole = list(whole.values())
    return isinstance(whole, (list, tuple)) and any(_holds(item, part) for item in whole[:_MOST])


def parameters_of(sources: Iterable[str]) -> dict[str, Sequence[str]]:
    """The parameters of the functions that code defines, and of its classes' `__init__`."""
    found: dict[str, Sequence[str]] = {}
    for source in sources:
        try:
            body = ast.parse(source).body
        except SyntaxError:
            continue
        for node in body:
            if isinstance(node, ast.FunctionDef):
                found[node.name] = _names(node)
            elif isinstance(node, ast.ClassDef):
                makes = [n for n in node.body if isinstance(n, ast.FunctionDef)]
                found[node.name] = next((_names(n)[1:] for n in makes if n.name == "__init__"), [])
    return found


def _names(function: ast.FunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
