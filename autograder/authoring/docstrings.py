"""What an exercise's cell promises: the words of its docstrings, each with its field."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from autograder.errors import KitError

_NAME: Final = re.compile(r"(?P<name>[^\s:]+(?: [^\s:]+){0,3}?)(?::(?=\s|$)|\s{2,})")
_INNER: Final = re.compile(r"(?<=; )(?P<name>\w+(?:\([\w, ]*\))?(?:, \w+)*):(?= )")
_SOLUTION: Final = "### BEGIN SOLUTION"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A part of a docstring: the text of a field, or the title, whose field is ""."""

    field: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word of a cell's docstrings. `is_name` where it belongs to a field's name, such as
    "returns"; `docstring` counts the cell's docstrings from 0.
    """

    text: str
    field: str
    is_name: bool
    docstring: int


def docstrings_of(source: str) -> list[str]:
    """The docstrings of a cell's functions, classes and methods, in their order; the comment at its
    top where it has none. Raises KitError where the cell is not Python.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as problem:
        raise KitError(f"Line {problem.lineno} of the cell is not Python.") from problem
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    nodes.sort(key=lambda node: node.lineno)
    found = [doc for node in nodes if (doc := ast.get_docstring(node))]
    return found or [comment for comment in [_comment(source)] if comment]


def _comment(source: str) -> str:
    above = source.partition(_SOLUTION)[0].splitlines()
    return "\n".join(line.lstrip("# ") for line in above if line.startswith("#"))


def words_of(source: str) -> list[Word]:
    """All words of a cell's docstrings, in their order."""
    return [
        Word(text=text, field=part.field, is_name=is_name, docstring=number)
        for number, doc in enumerate(docstrings_of(source))
        for part in parts_of(doc)
        for is_name, words in ((True, part.field), (False, part.text))
        for text in words.split()
    ]


def parts_of(docstring: str) -> Iterator[Part]:
    """The title of a docstring and its fields, one after the other, white space normalized.

    A field begins a line: its name, then a colon or two spaces. A second one may stand on the same
    line behind a semicolon, as in "model: a network; lr: the learning rate".
    """
    title, _, rest = inspect.cleandoc(docstring).partition("\n\n")
    yield Part(field="", text=_normal(title))
    name, lines = "", list[str]()
    for line in rest.splitlines():
        begins = _NAME.match(line)
        if begins:
            yield from _split(name, lines)
            name, lines = begins["name"], [line[begins.end() :]]
        else:
            lines.append(line)
    yield from _split(name, lines)


def _split(name: str, lines: list[str]) -> Iterator[Part]:
    text = _normal(" ".join(lines))
    pieces, at = list[tuple[str, str]](), 0
    for inner in _INNER.finditer(text):
        pieces.append((name, text[at : inner.start()]))
        name, at = inner["name"], inner.end()
    pieces.append((name, text[at:]))
    for field, said in pieces:
        if field or said.strip():
            yield Part(field=field, text=said.strip())


def _normal(text: str) -> str:
    return " ".join(text.split())
