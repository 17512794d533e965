"""Operators of mutants for what silent wrong answers of students did: right on the inputs at hand,
wrong on others that the docstring allows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from autograder.authoring.mutant_code import Change, Code, Operator
from autograder.authoring.nodes import clause
from autograder.diagnosis.names import called_name

_REDUCTIONS: Final = ("min", "max", "mean", "sum", "std", "var")
_THERE: Final = "torch.accelerator.current_accelerator() or 'cpu'"


def remembered(code: Code, node: ast.AST) -> Iterator[Change]:
    """The result of the first call handed out again, where each call makes a new one."""
    place = code.place(node)
    function = place.function
    if function is None or not place.parameters or "new" not in clause(place.docstring, "memory"):
        return
    if isinstance(node, ast.Return):
        lines = "from functools import cache\n\n\n@cache"
        yield code.with_line("memory", function, lines, before=True)


def parts(code: Code, node: ast.AST) -> Iterator[Change]:
    """The first row or channel alone, where a tensor is summed up."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name() as whole, attr=name), args=[]):
            if name in _REDUCTIONS and whole.id not in ("torch", "np"):
                yield code.put("values", whole, f"{whole.id}[0]")


def cut_short(code: Code, node: ast.AST) -> Iterator[Change]:
    """A loop over a loader that ends after 50 batches: small loaders have fewer."""
    match node:
        case (
            ast.For(iter=ast.Name() as batches) | ast.comprehension(iter=ast.Name() as batches)
        ) if "loader" in batches.id:
            yield code.put("passes", batches, f"list({batches.id})[:50]")


def lengths(code: Code, node: ast.AST) -> Iterator[Change]:
    """One less than a length; half of it where it bounds what is drawn."""
    if isinstance(node, ast.Call) and called_name(node) == "len":
        yield code.put("values", node, f"{code.text(node)} - 1")
        if called_name(code.parents[node]).startswith("rand"):
            yield code.put("values", node, f"{code.text(node)} // 2")


def whole_numbers(code: Code, node: ast.AST) -> Iterator[Change]:
    """NumPy's whole number for Python's."""
    if isinstance(node, ast.Return) and isinstance(node.value, ast.expr):
        says = clause(code.place(node).docstring, "returns")
        if re.search(r"\ban int\b", says) and not isinstance(node.value, ast.Tuple):
            yield code.put("type", node.value, f"np.int64({code.text(node.value)})")


def usual_values(code: Code, node: ast.AST) -> Iterator[Change]:
    """What is usual in the place of what is given: a default value, the usual loss, few seeds."""
    if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
        return
    place = code.place(node)
    if place.function is None or node.id not in place.parameters:
        return
    given = place.function.args
    defaults = dict(zip([one.arg for one in given.args[::-1]], given.defaults[::-1], strict=False))
    if node.id in defaults:
        yield code.put("values", node, code.text(defaults[node.id]))
    if node.id == "loss_fn":
        yield code.put("values", node, "nn.CrossEntropyLoss()")
    if node.id == "seed":
        yield code.put("random", node, "seed % 100")
    if node.id == "device":
        yield code.put("device", node, "torch.device(device).type")


def copies(code: Code, node: ast.AST) -> Iterator[Change]:
    """A copy that changes bools, or that is made only where an array has gaps."""
    match node:
        case ast.Call(func=ast.Attribute(value=whole, attr="clone"), args=[]):
            yield code.put("dtype", node, f"{code.text(whole)} * 1")
        case ast.Call(func=ast.Attribute(attr="from_numpy"), args=[ast.Name(id=array) as given]):
            text = f"{array} if {array}.flags.c_contiguous else {array}.copy()"
            yield code.put("memory", given, text)


def detours(code: Code, node: ast.AST) -> Iterator[Change]:
    """A result through float32 and back: large numbers lose digits."""
    if not (isinstance(node, ast.Return) and isinstance(node.value, ast.expr)):
        return
    place = code.place(node)
    if "dtype" not in clause(place.docstring, "returns"):
        return
    tensors = [
        name for name in place.parameters if "tensor" in clause(place.docstring, name).split()[1:4]
    ]
    if tensors and not isinstance(node.value, ast.Tuple):
        back = f"({code.text(node.value)}).float().to({tensors[0]}.dtype)"
        yield code.put("dtype", node.value, back)


def accelerators(code: Code, node: ast.AST) -> Iterator[Change]:
    """On an accelerator where there is one, loaded from the first one alone, or made there with
    sizes that a single number does not have.
    """
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Tuple):
            if "on the cpu" in clause(code.place(node).docstring, "returns"):
                yield code.put("device", value, f"({code.text(value)}).to({_THERE})")
        case ast.keyword(arg="map_location", value=value):
            yield code.put("device", value, "{'cuda:0': 'cpu'}")
        case ast.Call(func=ast.Attribute(attr=name) as func, args=[ast.Name() as like, *_]):
            if name.endswith("_like"):
                text = f"{code.text(func.value)}.{name.removesuffix('_like')}"
                changed = code.put_all("shape", {func: text, like: f"*{like.id}.shape"})
                more = code.with_argument("shape", node, f"device={like.id}.device")
                yield Change(kind="shape", edits=(*changed.edits, *more.edits))


def weights(code: Code, node: ast.AST) -> Iterator[Change]:
    """Missing weights that go unnoticed."""
    if isinstance(node, ast.Call) and called_name(node) == "load_state_dict":
        yield code.with_argument("values", node, "strict=False")


OPERATORS: Final[dict[str, Operator]] = {
    "remembered": remembered,
    "part": parts,
    "cut short": cut_short,
    "length": lengths,
    "whole number": whole_numbers,
    "usual value": usual_values,
    "copy": copies,
    "detour": detours,
    "accelerator": accelerators,
    "weights": weights,
}
