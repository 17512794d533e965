"""The names that stand in nodes of Python's syntax."""

from __future__ import annotations

import ast


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
