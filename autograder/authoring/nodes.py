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


def called_name(node: ast.AST) -> str:
    """The last name of what is called: `no_grad` of `torch.no_grad()`; "" where nothing is."""
    if not isinstance(node, ast.Call):
        return ""
    return last_name(node.func)


def last_name(node: ast.AST) -> str:
    """`rand` of `torch.rand`, `model` of `model`; "" where it has no name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def root_name(node: ast.AST) -> str:
    """`m` of `m.T[0]`; "" where there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return last_name(node)


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
