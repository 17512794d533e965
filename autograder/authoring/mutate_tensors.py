"""Operators of mutants for tensors: families of names, dtypes, devices, memory.

What a mutant at `return` would change is read off the docstring: a copy where the result is a view,
`detach` where it speaks of gradients. Elsewhere the same change would be none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from autograder.authoring.mutant_code import Change, Code, Operator
from autograder.authoring.nodes import HEAD, clause
from autograder.diagnosis.names import called_name, last_name

# Names of one family: (kind, others). What is left out gives the same as its neighbour everywhere.
_FAMILIES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "max": ("values", ("min",)),
    "min": ("values", ("max",)),
    "argmax": ("values", ("argmin", "amax")),
    "argmin": ("values", ("argmax",)),
    "mean": ("values", ("sum", "median")),
    "sum": ("values", ("mean", "numel")),
    "std": ("values", ("var",)),
    "var": ("values", ("std",)),
    "rand": ("random", ("randn", "zeros", "empty")),
    "randn": ("random", ("rand",)),
    "rand_like": ("random", ("randn_like", "zeros_like", "empty_like")),
    "zeros": ("values", ("ones", "empty", "rand")),
    "ones": ("values", ("zeros", "empty")),
    "softmax": ("values", ("log_softmax", "sigmoid")),
    "T": ("values", ("mT", "H")),
    "shape": ("type", ("ndim",)),
    "numel": ("values", ("dim",)),
    "parameters": ("values", ("buffers",)),
    "state_dict": ("values", ("parameters",)),
    "deepcopy": ("memory", ("copy",)),
    "from_numpy": ("memory", ("tensor", "Tensor")),
    "tensor": ("type", ("Tensor",)),
    "float": ("dtype", ("double", "half", "int")),
    "double": ("dtype", ("float",)),
    "long": ("dtype", ("int",)),
    "eval": ("mode", ("train",)),
    "train": ("mode", ("eval",)),
    "no_grad": ("gradients", ("enable_grad",)),
    "inference_mode": ("gradients", ("enable_grad",)),
    "CrossEntropyLoss": ("values", ("NLLLoss", "MSELoss")),
    "SGD": ("values", ("Adam",)),
    "ReLU": ("values", ("Sigmoid", "Identity")),
    "unsqueeze": ("shape", ("squeeze",)),
    "reshape": ("shape", ("flatten",)),
    "rows": ("values", ("cols",)),
    "cols": ("values", ("rows",)),
}


_DTYPES: Final = {
    "float32": ("float64", "float16"),
    "float64": ("float32",),
    "int64": ("int32", "float32"),
    "int32": ("int64",),
    "uint8": ("int64",),
    "bool": ("int64",),
}


# How a result may come in another form: (kind, what the docstring must speak of, what is added).
_FORMS: Final = (
    ("dtype", "", ".double()"),
    ("dtype", "dtype", ".float()"),
    ("memory", "view", ".clone()"),
    ("memory", "shared", ".clone()"),
    ("gradients", "gradient", ".detach()"),
    ("device", "device", ".cpu()"),
    ("shape", "", ".unsqueeze(0)"),
    ("values", "", "[:-1]"),
    ("type", "", ".tolist()"),
)


_IN_PLACE: Final[dict[type[ast.operator], str]] = {
    ast.Add: "add_",
    ast.Sub: "sub_",
    ast.Mult: "mul_",
    ast.Div: "div_",
}


def families(code: Code, node: ast.AST) -> Iterator[Change]:
    """Another name of the same family: `argmin` for `argmax`, `train` for `eval`."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        kind, others = _FAMILIES.get(node.attr, ("", ()))
        for other in others:
            yield code.put(kind, node, f"{code.text(node.value)}.{other}")


def dtypes(code: Code, node: ast.AST) -> Iterator[Change]:
    """Another dtype."""
    if isinstance(node, ast.Attribute) and last_name(node.value) in ("torch", "np"):
        for other in _DTYPES.get(node.attr, ()):
            yield code.put("dtype", node, f"{code.text(node.value)}.{other}")


def dims(code: Code, node: ast.AST) -> Iterator[Change]:
    """A dimension kept that goes."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        named = {one.arg for one in node.keywords}
        reduces = called_name(node) in ("argmax", "argmin", "sum", "mean", "max", "min")
        if reduces and named & {"dim", "axis"} and "keepdim" not in named:
            yield code.with_argument("shape", node, "keepdim=True")


def devices(code: Code, node: ast.AST) -> Iterator[Change]:
    """The CPU in the place of the device that is asked for, and the likeness without its device."""
    match node:
        case ast.Name(id="device", ctx=ast.Load()) if "device" in code.place(node).parameters:
            yield code.put("device", node, "'cpu'")
        case ast.Call(func=ast.Attribute(attr="device"), args=[ast.Constant(value="cpu") as cpu]):
            yield code.put("device", cpu, "'cuda'")
            yield code.put("device", cpu, "'meta'")
        case ast.Call(func=ast.Attribute(attr=str(name)) as func, args=[first, *_]) if (
            name.endswith("_like")
        ):
            text = f"{code.text(func.value)}.{name.removesuffix('_like')}"
            yield code.put_all("device", {func: text, first: f"{code.text(first)}.shape"})


def in_place(code: Code, node: ast.AST) -> Iterator[Change]:
    """What came in is written into, where a new tensor was made."""
    match node:
        case ast.BinOp(left=ast.Name() as left) if type(node.op) in _IN_PLACE:
            if _is_from_outside(code, left):
                method = _IN_PLACE[type(node.op)]
                yield code.put("changes", node, f"{left.id}.{method}({code.text(node.right)})")
        case ast.Return(value=ast.expr() as value):
            place = code.place(node)
            for name in filter(partial(_is_kept, place.docstring), place.parameters):
                for change in (f"{name} += 1", f"{name}.unsqueeze_(0)"):
                    yield _then(code, node, value, change)


def forms(code: Code, node: ast.AST) -> Iterator[Change]:
    """A tensor that is returned in another dtype, shape or memory, or as a list."""
    if not isinstance(node, ast.Return) or node.value is None:
        return
    docstring = code.place(node).docstring
    if not re.search(r"\btensors?\b(?!\()", clause(docstring, "returns")):
        return
    parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    said = f"{clause(docstring, 'returns')} {clause(docstring, 'memory')}"
    said += clause(docstring, "gradients")
    for part in parts:
        for kind, word, added in _FORMS:
            free = kind == "gradients" and code.is_under(node, "no_grad", "inference_mode")
            if word in said and not free:
                yield code.put(kind, part, f"{_closed(code, part)}{added}")


OPERATORS: Final[dict[str, Operator]] = {
    "family": families,
    "dtype": dtypes,
    "dimension": dims,
    "device": devices,
    "in place": in_place,
    "form": forms,
}


def _then(code: Code, node: ast.Return, value: ast.expr, change: str) -> Change:
    """A statement between what is returned and its return."""
    if isinstance(value, ast.Name):
        return code.with_line("changes", node, change, before=True)
    indent = " " * node.col_offset
    lines = (f"result = {code.text(value)}", change, "return result")
    return code.put_all("changes", {node: f"\n{indent}".join(lines)})


def _closed(code: Code, node: ast.expr) -> str:
    """A value's text, to which an attribute can be added."""
    text = code.text(node)
    tight = (ast.Name, ast.Attribute, ast.Call, ast.Subscript)
    return text if isinstance(node, tight) else f"({text})"


def _is_from_outside(code: Code, name: ast.Name) -> bool:
    """Whether a name holds what the function was given: a parameter, or what a loop gets."""
    place = code.place(name)
    loops = [one for one in code.above(name) if isinstance(one, ast.For)]
    bound = {one.id for loop in loops for one in ast.walk(loop.target) if isinstance(one, ast.Name)}
    return name.id in {*place.parameters, *bound}


def _is_kept(docstring: str, name: str) -> bool:
    """Whether a docstring says of a tensor or array that it is not changed."""
    if not {"tensor", "array", "batch", "images"} & set(clause(docstring, name).split()[1:6]):
        return False
    for line in docstring.splitlines():
        named = HEAD.match(line)
        if named and named[1].startswith("changes"):
            says = line[named.end(2) :].strip()
            every = named[1].endswith("its arguments") or says.startswith("nothing")
            own = name in re.findall(r"\w+", named[1]) and says.startswith("no")
            if every or own or ("neither" in says and name in re.findall(r"\w+", says)):
                return True
    return False
