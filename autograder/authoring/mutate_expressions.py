"""Operators of mutants for expressions: each gives the changes that can be made at a node."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from typing import Any, Final

from autograder.authoring.mutant_code import Change, Code, Operator
from autograder.authoring.mutant_kinds import kind_of_call, kind_of_keyword
from autograder.diagnosis.names import called_name

_SWAPPED: Final[dict[type[ast.AST], tuple[type[ast.AST], ...]]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}


def constants(code: Code, node: ast.AST) -> Iterator[Change]:
    """Another number, text or truth value; not another seed, of which one is as good as any."""
    if not isinstance(node, ast.Constant):
        return
    parent = code.parents[node]
    if called_name(parent) in ("manual_seed", "seed"):
        return
    kind = kind_of_keyword(parent.arg) if isinstance(parent, ast.keyword) else "values"
    value = node.value
    # `-1` is a minus before 1: the minus is the whole number's.
    if isinstance(value, bool):
        yield code.put(kind, node, repr(not value))
    elif isinstance(value, int | float) and not isinstance(parent, ast.UnaryOp):
        others = (value + 1, value - 1, 0, 1, -value)
        for other in dict.fromkeys(others if isinstance(value, int) else map(float, others)):
            yield code.put(kind, node, repr(other))
    elif isinstance(value, str) and value:
        yield code.put(kind, node, repr(f"{value}x"))
        yield code.put(kind, node, "''")


def nothing(code: Code, node: ast.AST) -> Iterator[Change]:
    """`None` in the place of an argument that has a name.

    Not of True or False: `constants` turns these, and None is as good as False almost everywhere.
    """
    if isinstance(node, ast.keyword) and node.arg and not _is_none_or_bool(node.value):
        yield code.put(kind_of_keyword(node.arg), node.value, "None")


def operators(code: Code, node: ast.AST) -> Iterator[Change]:
    """Another operator of arithmetic, comparison or logic."""
    match node:
        case ast.BinOp() | ast.AugAssign():
            kind = "passes" if isinstance(node, ast.AugAssign) else "values"
            for other in _SWAPPED.get(type(node.op), ()):
                new = _with(node, op=other())
                yield _put_any(code, kind, node, new)
            if isinstance(node, ast.AugAssign):
                plain = ast.Assign(targets=[node.target], value=node.value)
                yield _put_any(code, kind, node, plain)
        case ast.BoolOp():
            for other in _SWAPPED.get(type(node.op), ()):
                yield code.put("values", node, _with(node, op=other()))
        case ast.Compare():
            for index, operator in enumerate(node.ops):
                for other in _SWAPPED.get(type(operator), ()):
                    ops = [*node.ops[:index], other(), *node.ops[index + 1 :]]
                    yield code.put("values", node, _with(node, ops=ops))
        case ast.UnaryOp():
            yield code.put("values", node, node.operand)


def operands(code: Code, node: ast.AST) -> Iterator[Change]:
    """One side of an operation alone."""
    if isinstance(node, ast.BinOp):
        yield code.put("values", node, code.text(node.left))
        yield code.put("values", node, code.text(node.right))


def off_by_one(code: Code, node: ast.AST) -> Iterator[Change]:
    """One further, or one less, in slices, indices and ranges."""
    match node:
        case ast.Slice():
            low, high = _text(code, node.lower), _text(code, node.upper)
            step = f":{code.text(node.step)}" if node.step else ""
            yield code.put_all("values", {node: f"{f'{low} + 1' if low else '1'}:{high}{step}"})
            yield code.put_all("values", {node: f"{low}:{f'{high} - 1' if high else '-1'}{step}"})
        case ast.Subscript(slice=ast.Name() as index) if isinstance(node.ctx, ast.Load):
            yield code.put("values", index, f"{index.id} - 1")
            yield code.put("values", index, f"{index.id} + 1")
        case ast.Subscript(slice=ast.Tuple(elts=parts)):
            for part in parts:
                if isinstance(part, ast.Name):
                    yield code.put("values", part, f"{part.id} - 1")
            for one, other in itertools.pairwise(parts):
                yield code.exchanged("values", one, other)
        case ast.Call(func=ast.Name(id="range"), args=[*_, last]):
            yield code.put("passes", last, f"{code.text(last)} - 1")
            yield code.put("passes", last, f"{code.text(last)} + 1")
            if len(node.args) == 1:
                yield code.put("passes", last, f"1, {code.text(last)}")


def calls(code: Code, node: ast.AST) -> Iterator[Change]:
    """A call left out: `x.float()` is `x`, and `torch.flatten(x)` is `x`."""
    if not isinstance(node, ast.Call):
        return
    if isinstance(code.parents[node], ast.Expr):
        return  # The statement left out is the same.
    kind = kind_of_call(called_name(node))
    if isinstance(node.func, ast.Attribute) and _is_object(code, node.func.value):
        yield code.put(kind, node, code.text(node.func.value))
    elif node.args and not isinstance(node.args[0], ast.Starred | ast.GeneratorExp):
        yield code.put(kind, node, code.text(node.args[0]))


def arguments(code: Code, node: ast.AST) -> Iterator[Change]:
    """An argument with a name left out; two that stand beside each other exchanged."""
    if not isinstance(node, ast.Call):
        return
    whole: list[ast.AST] = [*node.args, *node.keywords]
    for index, one in enumerate(whole):
        if isinstance(one, ast.keyword) and one.arg:
            yield code.without(kind_of_keyword(one.arg), whole, index)
    for first, second in itertools.pairwise(node.args):
        if not _is_layer(first):
            yield code.exchanged("values", first, second)


def elements(code: Code, node: ast.AST) -> Iterator[Change]:
    """An element of a tuple, list or dict left out; two exchanged."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) if isinstance(node.ctx, ast.Load):
            if isinstance(code.parents[node], ast.Subscript):
                return
            if len(parts) > 1:
                for index in range(len(parts)):
                    yield code.without("values", list(parts), index)
            for one, other in itertools.pairwise(parts):
                yield code.exchanged("values", one, other)
        case ast.Dict(keys=keys, values=values):
            for key in keys:
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield code.put("values", key, repr(f"{key.value}x"))
            for one, other in itertools.pairwise(values):
                yield code.exchanged("values", one, other)


def names(code: Code, node: ast.AST) -> Iterator[Change]:
    """The parameter beside one in its place, or a name of the notebook's own that is like it."""
    if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
        return
    parameters = code.place(node).parameters
    if node.id not in parameters:
        return
    # Something else that is called shows by itself; a model of the notebook's own does not.
    at = parameters.index(node.id) if not _is_called(code, node) else len(parameters) + 1
    for other in (*parameters[max(at - 1, 0) : at], *parameters[at + 1 : at + 2]):
        yield code.put("values", node, other)
    for one in sorted(code.given):
        if _alike(node.id, one):
            yield code.put("values", node, f"globals()[{one!r}]" if one in parameters else one)


OPERATORS: Final[dict[str, Operator]] = {
    "constant": constants,
    "nothing": nothing,
    "operator": operators,
    "operand": operands,
    "off by one": off_by_one,
    "call left out": calls,
    "argument": arguments,
    "element": elements,
    "name": names,
}


def _with(node: ast.AST, **fields: Any) -> Any:
    """A copy of a node with other fields."""
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def _put_any(code: Code, kind: str, node: ast.AST, new: Any) -> Change:
    """An expression or a statement replaced."""
    if isinstance(new, ast.expr):
        return code.put(kind, node, new)
    return code.put_all(kind, {node: ast.unparse(ast.fix_missing_locations(new))})


def _text(code: Code, node: ast.AST | None) -> str:
    return code.text(node) if node is not None else ""


def _is_none_or_bool(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool | None)


def _is_called(code: Code, node: ast.AST) -> bool:
    """Whether it, or a method of it, is called."""
    parent = code.parents[node]
    if isinstance(parent, ast.Attribute):
        node, parent = parent, code.parents[parent]
    return isinstance(parent, ast.Call) and parent.func is node


def _is_layer(node: ast.AST) -> bool:
    """Whether it is made by a class: a layer in a row of layers."""
    return called_name(node)[:1].isupper()


def _is_object(code: Code, node: ast.AST) -> bool:
    """Whether a value is no module: what a call gives, or a name that the function binds."""
    root = node
    while isinstance(root, ast.Attribute | ast.Subscript):
        root = root.value
    if not isinstance(root, ast.Name):
        return True
    place = code.place(node)
    scope = place.function or code.tree
    stored = {
        one.id
        for one in ast.walk(scope)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    }
    return root.id in {*place.parameters, *stored, "self"}


def _alike(parameter: str, given: str) -> bool:
    """Whether a notebook's own name may be taken for a parameter: `MNIST_ROOT` for `root`."""
    if len(parameter) < 4 or not (given.isupper() or given.islower()):
        return False
    words = [word for word in given.lower().split("_") if len(word) > 3]
    return any(word in parameter.lower() or parameter.lower() in word for word in words)
