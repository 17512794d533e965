"""What nodes of a source and its docstrings say."""

from __future__ import annotations

import ast
import re
from typing import Final

HEAD: Final = re.compile(r"(\w[\w, ]*?)(:| {2,})\s*\S")
"""How a clause of a docstring begins: what it is about, then a colon or some spaces."""


def is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def clause(docstring: str, head: str) -> str:
    """What a docstring says behind a head, such as "returns", "memory" or a parameter, in lower
    case; "" where it says nothing.
    """
    found: list[str] = []
    taking = False
    for line in docstring.splitlines():
        named = HEAD.match(line)
        if named:
            words = named[1]
            taking = head in (words, words.split()[0], *words.split(", "))
        if taking and line.strip():
            found.append(line.strip())
    return " ".join(found).lower()
