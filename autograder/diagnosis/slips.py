"""Slips of Python that do nothing and say nothing, read off an answer's code.

A name without parentheses and a context manager on a line of its own are the same slip in every
exercise, and what they say is true of the code whatever else is wrong with it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from autograder.diagnosis.names import last_name
from autograder.expect.printable import printable

_MAX_SOURCE: Final = 20_000
_MAX_QUOTED: Final = 50

_METHODS: Final = frozenset(
    (
        *("eval", "train", "step", "zero_grad", "backward", "parameters", "state_dict"),
        *("item", "tolist", "numpy", "argmax", "argmin", "sum", "mean", "std", "max", "min"),
        *("numel", "dim", "size", "clone", "detach", "squeeze", "unsqueeze", "flatten"),
        *("is_available", "device_count", "current_accelerator", "no_grad"),
    )
)
"""Methods and functions that beginners call, and that no tensor, model or module has as a value."""

_CONTEXTS: Final = frozenset(("no_grad", "inference_mode", "enable_grad"))

_NEW_TENSORS: Final = frozenset(
    (
        *("argmax", "clone", "detach", "flatten", "permute", "reshape", "softmax", "squeeze"),
        *("sum", "transpose", "unsqueeze", "view"),
    )
)
"""Methods that give a new tensor and leave the one that they are called on as it was."""


def slip(source: str) -> str:
    """A sentence about the first slip in an answer's code, "" where none is found."""
    try:
        tree = ast.parse(source[:_MAX_SOURCE])
        found = sorted(_slips(tree, source), key=lambda one: (one[0], one[1]))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return next((f"Line {line}: {text}" for line, _, text in found), "")


def _slips(tree: ast.AST, source: str) -> Iterator[tuple[int, int, str]]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    # `self.mean = 0.13` makes a value of what is a method elsewhere.
    values = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    for node in {inner for function in functions for inner in ast.walk(function)}:
        for place, text in _of(node):
            if last_name(place) in values:
                continue
            quoted = ast.get_source_segment(source, place) or ""
            quoted = printable(" ".join(quoted.split()), _MAX_QUOTED)
            yield place.lineno, place.col_offset, text.format(f"`{quoted}`")


def _of(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """The slips of one node: the expression, and what is said of it."""
    match node:
        case ast.Expr(value=ast.Call(func=called)) if last_name(called) in _CONTEXTS:
            yield node.value, "{} on a line of its own ends at once. Which lines is it for?"
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner) as called)) if (
            called.attr in _NEW_TENSORS and last_name(owner) != "torch"
        ):
            yield node.value, "what {} gives is not kept. Where should it go?"
        case ast.Expr(value=value) if _is_method(value):
            yield value, "{} has no parentheses behind it. Is it called?"
        case ast.Return(value=ast.expr() as value) if _is_method(value):
            yield value, "{} is returned without parentheses. Is it called?"
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            for part in _parts(test):
                if _is_method(part):
                    yield part, "{} has no parentheses behind it, and a function counts as true."
        case ast.BinOp(left=left, right=right):
            for part in (left, right):
                if _is_method(part):
                    yield part, "{} has no parentheses behind it. Is it called?"
        case ast.withitem(context_expr=value) if last_name(value) in _CONTEXTS:
            if not isinstance(value, ast.Call):
                yield value, "{} has no parentheses behind it. Is it called?"


def _parts(test: ast.expr) -> list[ast.expr]:
    """What a condition asks: itself, or what it joins by `and`, `or` and `not`."""
    if isinstance(test, ast.BoolOp):
        return [part for value in test.values for part in _parts(value)]
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _parts(test.operand)
    return [test]


def _is_method(node: ast.expr) -> bool:
    """Whether it names a method of something, and does not call it."""
    return isinstance(node, ast.Attribute) and node.attr in _METHODS
