"""Operators of mutants for Python: each gives the changes that can be made at a node."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator
from typing import Any, Final

from autograder.authoring.mutant_code import Change, Code, called_name, is_docstring, last_name

Operator = Callable[[Code, Any], Iterator[Change]]

# What a keyword argument, or a call that is left out, is about.
_KIND_OF_KEYWORD: Final = {
    **dict.fromkeys(("dim", "axis", "keepdim", "start_dim", "end_dim", "size"), "shape"),
    "dtype": "dtype",
    **dict.fromkeys(("device", "map_location"), "device"),
    **dict.fromkeys(("shuffle", "generator"), "random"),
    **dict.fromkeys(("batch_size", "drop_last"), "passes"),
    "requires_grad": "gradients",
}
_KIND_OF_CALL: Final = {
    **dict.fromkeys(("eval", "train"), "mode"),
    **dict.fromkeys(("zero_grad", "backward", "detach", "no_grad", "inference_mode"), "gradients"),
    **dict.fromkeys(("step", "load_state_dict"), "changes"),
    **dict.fromkeys(("seed", "manual_seed"), "random"),
    **dict.fromkeys(("clone", "copy", "deepcopy", "contiguous", "from_numpy"), "memory"),
    **dict.fromkeys(("flatten", "reshape", "view", "squeeze", "unsqueeze", "permute"), "shape"),
    **dict.fromkeys(("float", "double", "long", "int", "half", "type"), "dtype"),
    **dict.fromkeys(("to", "cpu", "cuda"), "device"),
    **dict.fromkeys(("item", "tolist", "numpy", "tensor", "as_tensor"), "type"),
}
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


def kind_of_call(name: str) -> str:
    return _KIND_OF_CALL.get(name, "values")


def constants(code: Code, node: ast.AST) -> Iterator[Change]:
    """Another number, text or truth value."""
    if not isinstance(node, ast.Constant):
        return
    parent = code.parents[node]
    named = parent.arg or "" if isinstance(parent, ast.keyword) else ""
    kind = _KIND_OF_KEYWORD.get(named, "values")
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
    """`None` in the place of an argument that has a name."""
    if isinstance(node, ast.keyword) and node.arg and not _is_none(node.value):
        yield code.put(_KIND_OF_KEYWORD.get(node.arg, "values"), node.value, "None")


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


def off_by_one(code: Code, node: ast.AST) -> Iterator[Change]:
    """One further, or one less, in slices, indices and ranges."""
    match node:
        case ast.Slice():
            low, high = _text(code, node.lower), _text(code, node.upper)
            step = f":{code.text(node.step)}" if node.step else ""
            yield _put_slice(code, node, f"{f'{low} + 1' if low else '1'}:{high}{step}")
            yield _put_slice(code, node, f"{low}:{f'{high} - 1' if high else '-1'}{step}")
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
            yield code.without(_KIND_OF_KEYWORD.get(one.arg, "values"), whole, index)
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
    "condition": conditions,
    "off by one": off_by_one,
    "statement left out": statements,
    "branch": branches,
    "call left out": calls,
    "argument": arguments,
    "element": elements,
    "names bound together": targets,
    "return": returns,
    "loop": loops,
    "jump": jumps,
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


def _put_slice(code: Code, node: ast.Slice, text: str) -> Change:
    return code.put_all("values", {node: text})


def _text(code: Code, node: ast.AST | None) -> str:
    return code.text(node) if node is not None else ""


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_called(code: Code, node: ast.AST) -> bool:
    """Whether it, or a method of it, is called."""
    parent = code.parents[node]
    if isinstance(parent, ast.Attribute):
        node, parent = parent, code.parents[parent]
    return isinstance(parent, ast.Call) and parent.func is node


def _is_layer(node: ast.AST) -> bool:
    """Whether it is made by a class: a layer in a row of layers."""
    return called_name(node)[:1].isupper()


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


def first_statement(code: Code, function: ast.AST) -> ast.stmt | None:
    """The first statement of a function that students write."""
    inside = list(code.nodes())
    body = getattr(function, "body", [])
    return next((one for one in body if one in inside and not is_docstring(one)), None)


def root_name(node: ast.AST) -> str:
    """`m` of `m.T[0]`; "" where there is none."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return last_name(node)
