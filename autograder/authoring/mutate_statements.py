"""Operators of mutants for Python's statements and loops."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from typing import Final

from autograder.authoring.mutant_code import Change, Code, Operator
from autograder.authoring.mutant_kinds import kind_of_call
from autograder.authoring.nodes import is_docstring
from autograder.diagnosis.names import called_name


def statements(code: Code, node: ast.AST) -> Iterator[Change]:
    """A statement left out. One that alone makes a name is not: that shows by itself."""
    match node:
        case ast.Expr(value=value) if not is_docstring(node):
            yield code.dropped(kind_of_call(called_name(value)), node)
        case ast.Assign(targets=targets) if _are_known(code, node, targets):
            yield code.dropped("values", node)
        case ast.AugAssign():
            yield code.dropped("values", node)
        case ast.If() | ast.For() | ast.Raise() | ast.Break() | ast.Continue():
            yield code.dropped("passes" if isinstance(node, ast.For) else "values", node)
        case ast.With(items=[item]) if item.optional_vars is None:
            name = called_name(item.context_expr)
            yield code.unwrapped(kind_of_call(name), node, node.body)


def branches(code: Code, node: ast.AST) -> Iterator[Change]:
    """One branch of an `if` in the place of all of it."""
    if isinstance(node, ast.If):
        yield code.unwrapped("values", node, node.body)
        if node.orelse and not isinstance(node.orelse[0], ast.If):
            yield code.unwrapped("values", node, node.orelse)


def conditions(code: Code, node: ast.AST) -> Iterator[Change]:
    """A condition turned, always or never true, or without its test."""
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield code.put("values", node.test, f"not ({code.text(node.test)})")
        yield code.put("values", node.test, "True")
        yield code.put("values", node.test, "False")
    if isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield code.put("values", test, f"not ({code.text(test)})")
            yield code.put("values", test, "True")


def targets(code: Code, node: ast.AST) -> Iterator[Change]:
    """Two names exchanged that are bound together: `for y, X in loader`."""
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
        for one, other in itertools.pairwise(node.elts):
            yield code.exchanged("values", one, other)


def returns(code: Code, node: ast.AST) -> Iterator[Change]:
    """`None`, or an argument as it came, in the place of what is returned."""
    if isinstance(node, ast.Return) and node.value is not None:
        yield code.put("values", node.value, "None")
        for name in code.place(node).parameters:
            yield code.put("values", node.value, name)


def loops(code: Code, node: ast.AST) -> Iterator[Change]:
    """A loop that stops after its first turn, leaves out the last, or goes over all twice."""
    match node:
        case ast.For(iter=over):
            yield code.with_line("passes", node.body[-1], "break")
        case ast.comprehension(iter=over):
            yield code.put("passes", over, f"list({code.text(over)})[:1]")
        case _:
            return
    yield code.put("passes", over, f"list({code.text(over)})[:-1]")
    yield code.put("passes", over, f"list({code.text(over)})[1:]")
    yield code.put("passes", over, f"[*{code.text(over)}, *{code.text(over)}]")


def jumps(code: Code, node: ast.AST) -> Iterator[Change]:
    """`break` in the place of `continue`, and the other way round."""
    if isinstance(node, ast.Break | ast.Continue):
        other = "continue" if isinstance(node, ast.Break) else "break"
        yield code.put_all("passes", {node: other})


OPERATORS: Final[dict[str, Operator]] = {
    "condition": conditions,
    "statement left out": statements,
    "branch": branches,
    "names bound together": targets,
    "return": returns,
    "loop": loops,
    "jump": jumps,
}


def _are_known(code: Code, node: ast.Assign, bound: list[ast.expr]) -> bool:
    """Whether all that is assigned was there before: parameters, elements, attributes."""
    known = {*code.place(node).parameters, *code.given}
    single = [
        one
        for target in bound
        for one in (target.elts if isinstance(target, ast.Tuple) else [target])
    ]
    function = code.place(node).function
    earlier = {
        name.id
        for name in (ast.walk(function) if function else ())
        if isinstance(name, ast.Name)
        and isinstance(name.ctx, ast.Store)
        and name.lineno < node.lineno
    }
    return all(not isinstance(one, ast.Name) or one.id in known | earlier for one in single)
