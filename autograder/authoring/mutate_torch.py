"""Operators of mutants for PyTorch: dtypes, devices, memory, gradients, modes, layers, loaders.

What a mutant at `return` would change is read off the docstring: a copy where the result is a view,
`detach` where it speaks of gradients. Elsewhere the same change would be none.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from autograder.authoring.mutant_code import HEAD, Change, Code, called_name, clause, last_name
from autograder.authoring.mutate_python import Operator, first_statement, root_name

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
_ORDERED: Final = ("zero_grad", "backward", "step")


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
            yield _with_argument(code, "shape", node, "keepdim=True")


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
            for name in place.parameters:
                if not _is_kept(place.docstring, name):
                    continue
                if isinstance(value, ast.Name):
                    yield code.with_line("changes", node, f"{name} += 1", before=True)
                else:
                    line = f"result = {code.text(value)}"
                    indent = " " * node.col_offset
                    new = f"{line}\n{indent}{name} += 1\n{indent}return result"
                    yield code.put_all("changes", {node: new})


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
    """A layer left out, one more at the end, other sizes, no bias."""
    if not isinstance(node, ast.Call):
        return
    if called_name(node) == "Sequential":
        whole: list[ast.AST] = list(node.args)
        for index in range(len(whole)):
            yield code.without("values", whole, index)
        for more in ("nn.ReLU()", "nn.Softmax(dim=1)", "nn.Dropout()"):
            yield _with_argument(code, "mode" if "Drop" in more else "values", node, more)
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
        yield _with_argument(code, "values", node, "bias=False")


def loaders(code: Code, node: ast.AST) -> Iterator[Change]:
    """A loader that leaves samples out or shuffles, a pass that is read to its end."""
    if not isinstance(node, ast.Call):
        return
    named = {one.arg for one in node.keywords}
    if called_name(node) == "DataLoader":
        for name in ("drop_last", "shuffle"):
            if name not in named:
                kind = "random" if name == "shuffle" else "passes"
                yield _with_argument(code, kind, node, f"{name}=True")
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
        first = first_statement(code, function) if function else None
        if first is not None:
            yield code.with_line("random", first, "torch.manual_seed(0)", before=True)


OPERATORS: Final[dict[str, Operator]] = {
    "family": families,
    "dtype": dtypes,
    "dimension": dims,
    "device": devices,
    "in place": in_place,
    "form": forms,
    "mode": modes,
    "graph": graphs,
    "order": order,
    "layer": layers,
    "loader": loaders,
    "seed": seeds,
}


def _with_argument(code: Code, kind: str, node: ast.Call, text: str) -> Change:
    """One argument more, at the end."""
    given: list[ast.AST] = [*node.args, *node.keywords]
    if not given:
        end = code.span(node)[1] - 1
        return Change(kind=kind, edits=((end, end, text),))
    end = code.span(given[-1])[1]
    return Change(kind=kind, edits=((end, end, f", {text}"),))


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
    if not {"tensor", "array", "batch"} & set(clause(docstring, name).split()[1:6]):
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


def _next(code: Code, node: ast.stmt) -> ast.stmt | None:
    """The statement behind one, in the same block."""
    block = getattr(code.parents[node], "body", [])
    at = block.index(node) if node in block else len(block)
    return block[at + 1] if at + 1 < len(block) else None
