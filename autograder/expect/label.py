"""The words for what was compared, taken from the source of the call itself.

`expect(student.transpose(matrix), …)` speaks of `transpose(matrix)`: the text of the first
argument as it stands in the file or cell. Python 3.11 keeps the exact place of every call.
"""

from __future__ import annotations

import ast
import itertools
import linecache
from types import CodeType, FrameType

from autograder.expect.printable import printable

FALLBACK = "The result"
_WRAPPERS = {"fetch", "keep", "put"}


def of_first_argument(frame: FrameType) -> str:
    """The first argument of the call that `frame` is executing, or "The result"."""
    return of_argument(frame, 0)


def of_argument(frame: FrameType, index: int) -> str:
    """An argument of the call that `frame` is executing, or "The result"."""
    tree = expression(frame.f_code, frame.f_lasti)
    if not isinstance(tree, ast.Call) or len(tree.args) <= index:
        return FALLBACK
    return _said(tree.args[index])


def expression(code: CodeType, lasti: int) -> ast.expr | None:
    """The expression that an instruction of this code belongs to, None where it is not known."""
    source = _source(code, lasti)
    try:
        return ast.parse(source.strip(), mode="eval").body if source else None
    except SyntaxError:
        return None


def position(code: CodeType, lasti: int) -> tuple[int, int, int, int] | None:
    """The first line, the last line, the first and the last column of an instruction's source."""
    found = next(itertools.islice(code.co_positions(), lasti // 2, None), None)
    if found is None or None in found:
        return None
    first, last, start, end = (int(place or 0) for place in found)
    return first, last, start, end


def _source(code: CodeType, lasti: int) -> str:
    place = position(code, lasti)
    if place is None:
        return ""
    first, last, start, end = place
    lines = [linecache.getline(code.co_filename, n) for n in range(first, last + 1)]
    if not lines or not lines[-1]:
        return ""
    # The columns count bytes of UTF-8, not characters.
    rows = [line.encode() for line in lines]
    rows[-1] = rows[-1][:end]
    rows[0] = rows[0][start:]
    return b"".join(rows).decode(errors="replace")


def _said(node: ast.expr) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _WRAPPERS:
        inner = node.args[0] if node.args else node
        return FALLBACK if isinstance(inner, ast.Name) else _said(inner)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        text = ast.unparse(node)
        return printable(text.replace("student.", "").replace("solution.", ""), 50)
    if isinstance(node, ast.Call):
        return printable(ast.unparse(node), 50)
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return printable(ast.unparse(node).replace("student.", ""), 50)
    if isinstance(node, ast.Name):
        return node.id
    return FALLBACK
