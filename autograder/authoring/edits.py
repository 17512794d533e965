"""A Python file's source, changed in one place: all else stays where it is, to the letter."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

Edit = Sequence[tuple[int, int, bytes]]
"""The parts of a file that are replaced: from which byte, up to which, and by what."""

_COMMENT = re.compile(rb"#[^\n]*")
_SHORT = 80


@dataclass(frozen=True)
class Source:
    """The bytes of a Python file, and how to change them. Raises SyntaxError where it is none."""

    content: bytes = field(repr=False)
    name: str = "<checks>"

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.content, self.name)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(map(len, self.content.splitlines(keepends=True)))]

    def changed(self, edit: Edit) -> bytes:
        """The file with these parts replaced."""
        content = self.content
        for start, end, new in sorted(edit, reverse=True):
            content = content[:start] + new + content[end:]
        return content

    def replaced(self, node: ast.expr | ast.stmt, text: str) -> Edit:
        """The node with this text in its place; what follows stays in its line."""
        start, end = self.span(node)
        new = text.encode()
        lines = self.content[start:end].count(b"\n") - new.count(b"\n")
        if lines > 0:
            new += b"\n" * lines
            if isinstance(node, ast.expr):
                new = b"(" + new + b")"
        return ((start, end, new),)

    def put_before(self, node: ast.stmt, text: str) -> Edit:
        """A statement before another one, in a line of its own."""
        lines = [node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))]
        start = self._starts[min(lines) - 1] + node.col_offset
        return ((start, start, f"{text}\n{' ' * node.col_offset}".encode()),)

    def between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> Edit:
        """An operator between two expressions with another in its place."""
        start, end = self.span(left)[1], self.span(right)[0]
        gap = _COMMENT.sub(lambda found: b" " * len(found[0]), self.content[start:end])
        at = start + gap.index(old.encode())
        return ((at, at + len(old), new.encode()),)

    @staticmethod
    def together(edits: Sequence[Edit]) -> Edit:
        return tuple(part for edit in edits for part in edit)

    def text(self, node: ast.AST) -> str:
        """The node as it stands in the file."""
        start, end = self.span(node)
        return self.content[start:end].decode()

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node's text begins and ends."""
        first, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]
        start = self._starts[first - 1] + node.col_offset  # type: ignore[attr-defined]
        return start, self._starts[last - 1] + node.end_col_offset  # type: ignore[attr-defined]

    def lines(self, first: ast.stmt, last: ast.stmt) -> tuple[int, int]:
        """From the beginning of one statement's first line to the end of another's last one."""
        assert last.end_lineno is not None, "ast.parse sets it"
        return self._starts[first.lineno - 1], self._starts[last.end_lineno]

    def begins(self, node: ast.stmt) -> str:
        """A statement in one line; of one with a body its first line."""
        if hasattr(node, "body"):
            return self.content.splitlines()[node.lineno - 1].decode().strip()
        return self.short(node)

    @staticmethod
    def short(node: ast.expr | ast.stmt) -> str:
        """The node in one line, or as much of it as a reader needs."""
        text = ast.unparse(node)
        return text if len(text) <= _SHORT else f"{text[: _SHORT - 2]} …"
