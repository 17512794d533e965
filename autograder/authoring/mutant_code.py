"""A reference's source as operators of mutants see it: nodes with their text, and edits of it.

Layout and comments stay, because an edit replaces the text of one node and nothing else.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from autograder.authoring.edits import Source
from autograder.authoring.nodes import is_docstring
from autograder.diagnosis.names import called_name

_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"
# Keyword arguments of which no check says what they must be.
_LOOKS: Final = ("figsize",)
# What may have to be put into parentheses to stand where another expression stood.
_LOOSE: Final = (
    ast.BinOp,
    ast.BoolOp,
    ast.UnaryOp,
    ast.Compare,
    ast.IfExp,
    ast.Lambda,
    ast.Tuple,
    ast.Constant,
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change of a source, as edits (start, end, text) in bytes, and what it is about."""

    kind: str
    edits: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a node stands: its function (None at the top level) and that one's parameters."""

    function: Function | None
    parameters: tuple[str, ...]
    docstring: str


@dataclass(frozen=True, slots=True)
class Code:
    """A source with its tree. `given` are the names that the cells above have defined.

    Raises SyntaxError where the source is not Python.
    """

    source: str
    given: frozenset[str] = frozenset()
    tree: ast.Module = field(init=False)
    parents: Mapping[ast.AST, ast.AST] = field(init=False)
    _text: Source = field(init=False)
    _open: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        text = Source(self.source.encode())
        nodes = list(ast.walk(text.tree))
        for name, value in (
            ("tree", text.tree),
            ("parents", {child: one for one in nodes for child in ast.iter_child_nodes(one)}),
            ("_text", text),
            ("_open", frozenset(_open_lines(self.source))),
        ):
            object.__setattr__(self, name, value)

    # Places

    def nodes(self) -> Iterator[ast.AST]:
        """What students write: the nodes between the marks of the solution, in order.

        What is printed, sizes of figures and docstrings are left out: no check looks at them.
        """
        for node in ast.walk(self.tree):
            # A comprehension's `for` has no place of its own.
            placed = node.iter if isinstance(node, ast.comprehension) else node
            line = getattr(placed, "lineno", 0)
            if line in self._open and not any(map(_is_closed, (node, *self.above(node)))):
                yield node

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, from within outwards."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def place(self, node: ast.AST) -> Place:
        functions = [one for one in (node, *self.above(node)) if isinstance(one, Function)]
        if not functions:
            return Place(function=None, parameters=(), docstring="")
        function = functions[0]
        named = [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]
        text = ast.get_docstring(function) or ""
        if not text or function.name == "__init__":
            text += "".join(
                ast.get_docstring(one) or ""
                for one in self.above(function)
                if isinstance(one, ast.ClassDef)
            )
        return Place(
            function=function,
            parameters=tuple(name for name in named if name != "self"),
            docstring=text,
        )

    def is_under(self, node: ast.AST, *calls: str) -> bool:
        """Whether a node stands in a `with` block of one of these: `no_grad`."""
        return any(
            name in calls
            for one in self.above(node)
            if isinstance(one, ast.With)
            for item in one.items
            for name in [called_name(item.context_expr)]
        )

    # Texts

    def text(self, node: ast.AST) -> str:
        return self._text.text(node)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node's text begins and ends."""
        return self._text.span(node)

    def edited(self, change: Change) -> str:
        """The source after a change."""
        return self._text.changed([(a, b, text.encode()) for a, b, text in change.edits]).decode()

    # Changes

    def put(self, kind: str, node: ast.AST, new: str | ast.expr) -> Change:
        """Another expression in the place of one, in parentheses only where they are needed."""
        text = new if isinstance(new, str) else ast.unparse(new)
        plain = self._replaced(kind, node, text)
        if not isinstance(ast.parse(text, mode="eval").body, _LOOSE):
            return plain
        safe = self._replaced(kind, node, f"({text})")
        try:
            alike = ast.dump(ast.parse(self.edited(plain))) == ast.dump(
                ast.parse(self.edited(safe))
            )
        except SyntaxError:
            return safe
        return plain if alike else safe

    def _replaced(self, kind: str, node: ast.AST, text: str) -> Change:
        return Change(kind=kind, edits=((*self.span(node), text),))

    def put_all(self, kind: str, new: Mapping[ast.AST, str]) -> Change:
        """Several nodes replaced in one change, by texts that need no parentheses."""
        return Change(kind=kind, edits=tuple((*self.span(one), text) for one, text in new.items()))

    def without(self, kind: str, elements: list[ast.AST], index: int) -> Change:
        """One of several elements in a row left out, with the comma that belongs to it."""
        spans = [self.span(one) for one in elements]
        start, end = spans[index]
        if index + 1 < len(spans):
            end = spans[index + 1][0]
        elif index:
            start = spans[index - 1][1]
        return Change(kind=kind, edits=((start, end, ""),))

    def with_argument(self, kind: str, node: ast.Call, text: str) -> Change:
        """One argument more, at the end of a call."""
        given = [*node.args, *node.keywords]
        end = self.span(given[-1])[1] if given else self.span(node)[1] - 1
        return Change(kind=kind, edits=((end, end, f", {text}" if given else text),))

    def exchanged(self, kind: str, one: ast.AST, other: ast.AST) -> Change:
        return self.put_all(kind, {one: self.text(other), other: self.text(one)})

    def dropped(self, kind: str, statement: ast.stmt) -> Change:
        """A statement left out, or `pass` where it is alone in its block."""
        parent = self.parents[statement]
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, [])
            if isinstance(block, list) and statement in block:
                rest = [one for one in block if one is not statement and not is_docstring(one)]
                if not rest:
                    return self._replaced(kind, statement, "pass")
        return Change(kind=kind, edits=((*self._text.lines(statement, statement), ""),))

    def unwrapped(self, kind: str, statement: ast.stmt, body: list[ast.stmt]) -> Change:
        """The body of a block in the place of the whole block."""
        shift = body[0].col_offset - statement.col_offset
        start, end = self._text.lines(body[0], body[-1])
        lines = self._text.content[start:end].decode().splitlines(keepends=True)
        text = "".join(line[shift:] if not line[:shift].strip() else line for line in lines)
        return Change(kind=kind, edits=((*self._text.lines(statement, statement), text),))

    def with_line(self, kind: str, beside: ast.stmt, line: str, *, before: bool = False) -> Change:
        """A line more, before or behind a statement and as far in as that."""
        at = self._text.lines(beside, beside)[0 if before else 1]
        new = f"{' ' * beside.col_offset}{line}\n"
        if at and self._text.content[at - 1 : at] != b"\n":
            new = f"\n{new}"
        return Change(kind=kind, edits=((at, at, new),))


def _is_closed(node: ast.AST) -> bool:
    """Whether no mutant is made of a node and of what is below it."""
    if isinstance(node, ast.Expr):
        return is_docstring(node) or called_name(node.value) == "print"
    if isinstance(node, ast.keyword) and node.arg in _LOOKS:
        return True
    return isinstance(node, ast.JoinedStr | ast.arguments | ast.Import | ast.ImportFrom)


def _open_lines(source: str) -> Iterator[int]:
    lines = source.splitlines()
    marked = any(_BEGIN in line for line in lines)
    inside = not marked
    for number, line in enumerate(lines, 1):
        if marked and _BEGIN in line:
            inside = True
        elif marked and _END in line:
            inside = False
        elif inside:
            yield number


Operator = Callable[[Code, Any], Iterator[Change]]
"""Gives the changes that can be made at a node."""
