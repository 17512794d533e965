"""Operators of mutants for networks and training: modes, gradients, layers, loaders, seeds."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import Final

from autograder.authoring.mutant_code import Change, Code, Operator
from autograder.authoring.nodes import is_docstring
from autograder.diagnosis.names import called_name, last_name, root_name

_ORDERED: Final = ("zero_grad", "backward", "step")


def modes(code: Code, node: ast.AST) -> Iterator[Change]:
    """The other mode behind the one that is set."""
    if isinstance(node, ast.Expr) and called_name(node.value) in ("eval", "train"):
        other = "train" if called_name(node.value) == "eval" else "eval"
        yield code.with_line("mode", node, f"{root_name(node.value)}.{other}()")


def graphs(code: Code, node: ast.AST) -> Iterator[Change]:
    """What a model or a loss gives, cut off from its graph; gradients recorded where none are."""
    if not isinstance(node, ast.Call) or code.is_under(node, "no_grad", "inference_mode"):
        return
    name = called_name(node)
    is_model = isinstance(node.func, ast.Name) and name in ("model", "loss_fn")
    is_layer = isinstance(node.func, ast.Attribute) and last_name(node.func.value) == "self"
    if is_model or is_layer:
        yield code.put("gradients", node, f"{code.text(node)}.detach()")


def order(code: Code, node: ast.AST) -> Iterator[Change]:
    """Two calls one after the other, exchanged: of those whose order counts."""
    if isinstance(node, ast.Expr):
        following = _next(code, node)
        if isinstance(following, ast.Expr):
            both = {called_name(node.value), called_name(following.value)}
            if both <= {*_ORDERED}:
                yield code.exchanged("gradients", node, following)


def layers(code: Code, node: ast.AST) -> Iterator[Change]:
    """A layer left out, one more at the beginning or the end, other sizes, no bias."""
    if not isinstance(node, ast.Call):
        return
    if called_name(node) == "Sequential":
        whole: list[ast.AST] = list(node.args)
        for index in range(len(whole)):
            yield code.without("values", whole, index)
        for more in ("nn.ReLU()", "nn.Softmax(dim=1)", "nn.Dropout()"):
            yield code.with_argument("mode" if "Drop" in more else "values", node, more)
        if whole:
            start = code.span(whole[0])[0]
            yield Change(kind="values", edits=((start, start, "nn.ReLU(), "),))
        numbers = [
            one
            for one in ast.walk(node)
            if isinstance(one, ast.Constant) and isinstance(one.value, int)
        ]
        for value, times in Counter(one.value for one in numbers).items():
            if times > 1 and isinstance(value, int) and value > 1:
                same: dict[ast.AST, str] = {
                    one: str(value // 2) for one in numbers if one.value == value
                }
                yield code.put_all("shape", same)
    if called_name(node) == "Linear":
        yield code.with_argument("values", node, "bias=False")


def loaders(code: Code, node: ast.AST) -> Iterator[Change]:
    """A loader that leaves samples out or shuffles, a pass that is read to its end."""
    if not isinstance(node, ast.Call):
        return
    named = {one.arg for one in node.keywords}
    if called_name(node) == "DataLoader":
        for name in ("drop_last", "shuffle"):
            if name not in named:
                kind = "random" if name == "shuffle" else "passes"
                yield code.with_argument(kind, node, f"{name}=True")
    if called_name(node) == "iter" and node.args:
        yield code.put("passes", node.args[0], f"list({code.text(node.args[0])})")


def seeds(code: Code, node: ast.AST) -> Iterator[Change]:
    """Numbers that are the same at each call, or drawn from PyTorch's own generator."""
    match node:
        case ast.Call(
            func=ast.Attribute(attr="manual_seed", value=ast.Call() as maker), args=[seed]
        ) if called_name(maker) == "Generator":
            yield code.put("random", node, f"torch.manual_seed({code.text(seed)})")
    draws = ("rand", "randn", "randint", "rand_like", "randn_like", "randperm", "DataLoader")
    if isinstance(node, ast.Call) and called_name(node) in draws:
        function = code.place(node).function
        first = _first_statement(code, function) if function else None
        if first is not None:
            yield code.with_line("random", first, "torch.manual_seed(0)", before=True)


OPERATORS: Final[dict[str, Operator]] = {
    "mode": modes,
    "graph": graphs,
    "order": order,
    "layer": layers,
    "loader": loaders,
    "seed": seeds,
}


def _first_statement(code: Code, function: ast.AST) -> ast.stmt | None:
    """The first statement of a function that students write."""
    inside = list(code.nodes())
    body = getattr(function, "body", [])
    return next((one for one in body if one in inside and not is_docstring(one)), None)


def _next(code: Code, node: ast.stmt) -> ast.stmt | None:
    """The statement behind one, in the same block."""
    block = getattr(code.parents[node], "body", [])
    at = block.index(node) if node in block else len(block)
    return block[at + 1] if at + 1 < len(block) else None
