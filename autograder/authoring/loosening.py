"""What a check asks for, asked for less: comparisons, conditions and tolerances in one statement.

Pure. Each change comes with whether it only loosens: what was content before still is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from autograder.authoring.edits import Edit, Source

Loosening = tuple[Edit, str, bool]
"""What changes, what that is, and whether it only loosens."""

_FACTOR = 1000
_TOLERANCES = ("rtol", "atol", "rel_tol", "abs_tol")
_TURNED = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_WITH_BOUND = {"<": "<=", ">": ">="}
_SYMBOLS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def tolerances_widened(node: ast.stmt, source: Source) -> Iterator[Loosening]:
    """All tolerances of one call, or of one constant, together: one alone may hide the other."""
    for call in own_nodes(node):
        values: list[ast.expr] = []
        if isinstance(call, ast.Call):
            values = [one.value for one in call.keywords if one.arg in _TOLERANCES]
        elif isinstance(call, ast.Dict):
            keys = [key.value if isinstance(key, ast.Constant) else None for key in call.keys]
            values = [v for k, v in zip(keys, call.values, strict=True) if k in _TOLERANCES]
        values = [value for value in values if ast.unparse(value) not in ("0", "0.0", "None")]
        if values:
            edits = [source.replaced(v, f"({ast.unparse(v)}) * {_FACTOR}") for v in values]
            # What a function gives back as a truth value may be asked for either way.
            judges = isinstance(node, ast.Expr | ast.Assert)
            yield source.together(edits), f"tolerances × {_FACTOR}", judges


def _condition_of(node: ast.stmt, *, of_check: bool) -> ast.expr | None:
    """What a statement asks for: of `require` and `assert`, and what a predicate gives."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="require"), args=[first, *_])):
            return first
        case ast.Assert(test=test):
            return test
        case ast.Return(value=ast.expr() as value) if not of_check and _is_condition(value):
            return value
    return None


def _is_condition(value: ast.expr) -> bool:
    match value:
        case ast.Compare() | ast.BoolOp(op=ast.And()) | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Call(func=ast.Name(id="all" | "any" | "bool")):
            return True
    return False


def conditions_loosened(node: ast.stmt, source: Source, *, of_check: bool) -> Iterator[Loosening]:
    """Of `require` and `assert`, and of what a helper function that gives a truth value returns."""
    condition = _condition_of(node, of_check=of_check)
    if condition is not None:
        for edit, done, loosens in _loosened(condition, source):
            yield edit, done, loosens and not isinstance(node, ast.Return)


def _loosened(condition: ast.expr, source: Source) -> Iterator[Loosening]:
    whole = _plain(condition)
    for node in _asked_for(condition):
        match node:
            case ast.Compare():
                yield from _comparison_loosened(node, source, is_whole=node is whole)
            case ast.BoolOp(op=ast.And(), values=values):
                edits = [source.between(a, b, "and", "or") for a, b in pairwise(values)]
                yield source.together(edits), "`and` → `or`", True
            case ast.Call(func=ast.Name(id="all") as name):
                yield source.replaced(name, "any"), "`all` → `any`", False
            case ast.Call(func=ast.Attribute(value=of, attr="all") as name):
                yield source.replaced(name, f"{source.text(of)}.any"), "`.all` → `.any`", False


def _plain(condition: ast.expr) -> ast.expr:
    """The condition without a `bool(…)` around it."""
    match condition:
        case ast.Call(func=ast.Name(id="bool"), args=[inner]):
            return inner
    return condition


def _asked_for(condition: ast.expr) -> Iterator[ast.expr]:
    """The parts of a condition that make it true by being true themselves.

    Not those of an arithmetic expression: a comparison of tensors there is a tensor.
    """
    yield condition
    match condition:
        case ast.BoolOp(values=parts):
            inner = parts
        case ast.Call(func=ast.Name(id="bool"), args=[part]):
            inner = [part]
        case ast.Call(func=ast.Name(id="all" | "any"), args=[ast.GeneratorExp(elt=part)]):
            inner = [part]
        case _:
            inner = []
    for part in inner:
        yield from _asked_for(part)


def _comparison_loosened(
    node: ast.Compare, source: Source, *, is_whole: bool
) -> Iterator[Loosening]:
    said = source.short(node)
    if not is_whole:
        yield source.replaced(node, "True"), f"`{said}` taken for true", True
    if len(node.ops) > 1 or type(node.ops[0]) not in _SYMBOLS:
        return
    left, right, symbol = node.left, node.comparators[0], _SYMBOLS[type(node.ops[0])]
    if is_whole:
        # Taken for true, it would be the statement taken out.
        turned = _TURNED[symbol]
        edit = source.between(left, right, symbol, turned)
        yield edit, f"`{said}`: `{symbol}` → `{turned}`", False
    # Between real numbers chance never meets the bound.
    if symbol in _WITH_BOUND and (_is_whole(left) or _is_whole(right)):
        wider = _WITH_BOUND[symbol]
        edit = source.between(left, right, symbol, wider)
        yield edit, f"`{said}`: `{symbol}` → `{wider}`", True


def _is_whole(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def own_nodes(node: ast.stmt) -> Iterator[ast.AST]:
    """The expressions of a statement, without those of statements within it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.stmt | ast.ExceptHandler):
            yield from ast.walk(child)
