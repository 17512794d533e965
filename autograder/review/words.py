"""Code as words that stay the same when names, comments and layout are changed.

Names of the student's own become one word, for renaming them is the first thing that somebody does
who hides a copy; what comes from torch, Python or the assignment keeps its name. Code is read as
tokens, never parsed or run: a cell that is not Python has words too.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Text, _TokenType

MOST_CODE: Final = 20_000
_A_WORD: Final = re.compile(r"\w+")
_OWN, _TEXT, _SELF = "·", "“”", "self"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and the line of the code that it stands in, from 0."""

    text: str
    line: int


def given_names(sources: Iterable[str]) -> frozenset[str]:
    """The names that code of the course gives: what it imports, and functions and classes of its
    top level. Source that is not Python gives none.
    """
    found: set[str] = set()
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        found |= {node.name for node in tree.body if isinstance(node, _DEFINITION)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                found |= {(one.asname or one.name).partition(".")[0] for one in node.names}
    return frozenset(found)


_DEFINITION = (ast.FunctionDef, ast.ClassDef)
_Token = tuple[_TokenType, str, int]
"""Its kind, its text, and its line."""


def read(code: str, given: frozenset[str]) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words of some code, in order, seen two ways: its structure, in which names of its own are
    one word, and its wording, in which they and comments stand as they are. No punctuation.
    """
    tokens = list(_tokens(code[:MOST_CODE]))
    return tuple(_structure([t for t in tokens if t[0] not in Comment], given)), _wording(tokens)


def _structure(tokens: Sequence[_Token], given: frozenset[str]) -> Iterator[Word]:
    depth, last = 0, ""
    for place, (kind, text, line) in enumerate(tokens):
        depth += (text in "([{") - (text in ")]}")
        before = [one[1] for one in tokens[max(place - 2, 0) : place]]
        after = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        word = _word(kind, text, before, given, is_keyword=depth > 0 and after == "=")
        # A string is several tokens.
        if word and not word == last == _TEXT:
            yield Word(word, line)
        last = word or last


def _wording(tokens: Sequence[_Token]) -> tuple[Word, ...]:
    found = []
    for kind, text, line in tokens:
        if kind in Comment or kind in String:
            found += [Word(part, line) for part in _A_WORD.findall(text.casefold())]
        elif kind in Name or kind in Keyword or kind in Number or kind in Operator:
            found.append(Word(text, line))
    return tuple(found)


@cache
def _lexer() -> PythonLexer:
    return PythonLexer()


def _tokens(code: str) -> Iterator[_Token]:
    """What the code is made of; no blanks and docstrings."""
    line = 0
    for _, kind, text in _lexer().get_tokens_unprocessed(code):
        if text.strip() and kind not in Text and kind not in String.Doc:
            yield kind, text, line
        line += text.count("\n")


def _word(
    kind: _TokenType, text: str, before: Sequence[str], given: frozenset[str], *, is_keyword: bool
) -> str:
    """The word for a token, "" where it has none."""
    if kind in String:
        return _TEXT
    if kind in Keyword or kind in Number:
        return text
    if kind in Operator:
        return "" if text == "." else text
    if kind not in Name:
        return ""
    if before[-1:] == ["."]:
        return _OWN if before == [_SELF, "."] else text
    if text == _SELF:
        return ""
    if kind in Name.Builtin or is_keyword or text in given:
        return text
    return _OWN


class Spelling:
    """Spells each word as one character, so that code is a text in which a gram of k characters is
    one of k words.
    """

    def __init__(self) -> None:
        # Private characters, in the planes that hold nothing else.
        self._characters = itertools.count(0xF0000)
        self._of: dict[str, str] = {}

    def __call__(self, words: Iterable[Word]) -> str:
        return "".join(map(self._spelled, words))

    def _spelled(self, word: Word) -> str:
        if word.text not in self._of:
            self._of[word.text] = chr(min(next(self._characters), 0x10FFFF))
        return self._of[word.text]
