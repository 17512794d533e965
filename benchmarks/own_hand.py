"""Answers as students would write them in their own hand, for classes in which nobody copied.

A class that is drawn from the variants beside the checks holds each of them many times, letter for
letter, which no class of people does. Here each student has habits (how often a comment is written,
a step gets a name of its own, an argument is named, ...), draws a variant or a mistake for each
exercise, the usual ones more often, and writes it anew: own names, own comments, steps split or
merged, functions in the place of methods, loops written another way, independent lines in another
order. What comes out is Python that does the same; it is still a machine's idea of students.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Names that people give to such things; the first ones are the usual ones.
NAMES = {
    "number": (
        "total",
        "count",
        "n",
        "result",
        "s",
        "running",
        "acc",
        "cnt",
        "num",
        "sum_",
        "value",
    ),
    "tensor": ("out", "result", "x", "output", "t", "res", "tensor", "r", "tmp", "new", "data_"),
    "model_output": ("logits", "pred", "outputs", "preds", "out", "scores", "y_hat", "y_pred", "z"),
    "loop": ("X", "images", "batch", "xb", "inputs", "imgs", "data", "features", "batch_X"),
    "labels": ("y", "labels", "targets", "yb", "target", "lab", "batch_y", "truth"),
    "index": ("i", "idx", "index", "k", "j", "n", "epoch", "step", "e", "_"),
    "list": ("history", "results", "losses", "values", "rows", "all_", "log", "records", "lst"),
    "other": (
        "result",
        "value",
        "a",
        "temp",
        "res",
        "obj",
        "item",
        "ret",
        "thing",
        "foo",
        "b",
        "cur",
    ),
}
COMMENTS = (
    *("this was hard", "see the docs", "from the lecture", "TODO check", "works now", "shape?"),
    *("go through all batches", "return the result", "compute the loss", "no gradients here"),
    *("evaluation mode", "make it a float", "important!", "first the forward pass", "now update"),
    *("sum it up", "for every sample", "convert to python number", "as in the notebook above"),
)
_METHODS = {"sum", "mean", "argmax", "flatten", "softmax", "eq", "reshape", "squeeze", "unsqueeze"}
_POSITIONAL = {"argmax": "dim", "softmax": "dim", "sum": "dim", "flatten": "start_dim"}


@dataclass(frozen=True)
class Habits:
    """How a student writes: each number is how likely something is, 0 to 1."""

    own_names: float
    comments: float
    names_steps: float
    merges_steps: float
    methods: float
    keywords: float
    long_sums: float
    prints: float
    reorders: float
    loops: float
    usual: float
    """How likely the usual variant is taken, and the usual name."""


def habits(chance: random.Random) -> Habits:
    """The habits of one student; most people are near the middle."""
    return Habits(**{name: chance.betavariate(1.5, 1.8) for name in Habits.__dataclass_fields__})


def written(code: str, how: Habits, chance: random.Random, keep: frozenset[str]) -> str:
    """An answer anew, as somebody with these habits writes it. `keep` are names that stay."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return code
    for step in (_merge, _split, _sums, _calls, _loops, _reorder, _prints):
        step(tree, how, chance)
        ast.fix_missing_locations(tree)
    _rename(tree, how, chance, keep)
    return commented(ast.unparse(ast.fix_missing_locations(tree)), how.comments * 0.4, chance)


def _chosen(names: Sequence[str], usual: float, chance: random.Random) -> str:
    """One of several, the first ones more often."""
    place = int(chance.expovariate(0.25 + 0.9 * usual))
    return names[min(place, len(names) - 1)] if place < len(names) else chance.choice(names)


def one_of(answers: Sequence[str], how: Habits, chance: random.Random) -> str:
    """One of several ways to answer, the first ones more often."""
    return _chosen(answers, how.usual, chance)


def renamed(code: str, chance: random.Random, keep: frozenset[str]) -> str:
    """The same code with every name of its own changed, as somebody does who hides a copy."""
    tree = ast.parse(code)
    own = own_names(tree, keep)
    fresh = {name: f"{chance.choice(NAMES['other'])}_{n}" for n, name in enumerate(sorted(own))}
    return ast.unparse(_Renaming(fresh).visit(tree))


def reordered(code: str, chance: random.Random) -> str:
    """The same code with independent neighbours swapped wherever that can be."""
    tree = ast.parse(code)
    _reorder(tree, None, chance)
    return ast.unparse(tree)


def commented(code: str, share: float, chance: random.Random) -> str:
    """With comments behind or above some of its lines."""
    made = []
    for line in code.splitlines():
        if line.strip() and chance.random() < share:
            words = chance.choice(COMMENTS)
            if chance.random() < 0.5:
                made.append(f"{line[: len(line) - len(line.lstrip())]}# {words}")
            else:
                line = f"{line}  # {words}"
        made.append(line)
    return "\n".join(made) + "\n"


def own_names(tree: ast.AST, keep: frozenset[str]) -> set[str]:
    """The names that code binds itself, but for functions, classes, parameters and `keep`."""
    bound = {
        one.id
        for one in ast.walk(tree)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
    }
    arguments = {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
    return bound - arguments - keep


class _Renaming(ast.NodeTransformer):
    def __init__(self, to: dict[str, str]) -> None:
        self.to = to

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.copy_location(ast.Name(self.to.get(node.id, node.id), node.ctx), node)


def _rename(tree: ast.AST, how: Habits, chance: random.Random, keep: frozenset[str]) -> None:
    taken: set[str] = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    to = {}
    for name in sorted(own_names(tree, keep)):
        if chance.random() < 0.25 + 0.7 * how.own_names:
            kind = next((k for k, names in NAMES.items() if name in names), "other")
            fresh = _chosen(NAMES[kind], how.usual, chance)
            if fresh not in taken:
                taken.add(fresh)
                to[name] = fresh
    _Renaming(to).visit(tree)


def _bodies(tree: ast.AST) -> list[list[ast.stmt]]:
    found = []
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            body = getattr(node, field, None)
            if isinstance(body, list) and body and not isinstance(node, ast.Module | ast.ClassDef):
                found.append(body)
    return found


def _merge(tree: ast.AST, how: Habits, chance: random.Random) -> None:
    """`x = e; return x` is `return e`."""
    for body in _bodies(tree):
        for place in range(len(body) - 2, -1, -1):
            one, then = body[place], body[place + 1]
            match one, then:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value),
                    ast.Return(value=ast.Name(id=returned)),
                ) if name == returned and chance.random() < how.merges_steps:
                    body[place : place + 2] = [ast.Return(value)]


def _split(tree: ast.AST, how: Habits, chance: random.Random) -> None:
    """A step gets a name of its own: what is returned, what a call is made on, an element."""
    for body in _bodies(tree):
        place = 0
        while place < len(body):
            one = body[place]
            simple = isinstance(one, ast.Return | ast.Assign | ast.AugAssign)
            value = getattr(one, "value", None)
            inner = _inner(value)
            name = _chosen(NAMES[chance.choice(("tensor", "other", "number"))], 0.5, chance)
            used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
            if name in used:
                name = f"{name}{place + 2}"
            if simple and name not in used and chance.random() < how.names_steps * 0.6:
                called = inner.func if inner is not None else None
                if isinstance(called, ast.Attribute) and chance.random() < 0.6:
                    # The call is now made on the name.
                    step = ast.Assign([ast.Name(name, ast.Store())], called.value)
                    called.value = ast.Name(name, ast.Load())
                    body.insert(place, step)
                    place += 1
                elif isinstance(one, ast.Return) and value and not isinstance(value, ast.Name):
                    body[place : place + 1] = [
                        ast.Assign([ast.Name(name, ast.Store())], value),
                        ast.Return(ast.Name(name, ast.Load())),
                    ]
                    place += 1
            place += 1


def _inner(value: ast.expr | None) -> ast.Call | None:
    """A call of a method on what a call gives: `a.b().c()`."""
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Call() | ast.BinOp() | ast.Compare())):
            return value
    return None


def _sums(tree: ast.AST, how: Habits, chance: random.Random) -> None:
    """`x += y` is `x = x + y`, `a, b = 0, 1` two lines."""
    for body in _bodies(tree):
        for place in range(len(body) - 1, -1, -1):
            match body[place]:
                case ast.AugAssign(target=ast.Name(id=name), op=op, value=value) if (
                    chance.random() < how.long_sums * 0.6
                ):
                    total = ast.BinOp(ast.Name(name, ast.Load()), op, value)
                    body[place] = ast.Assign([ast.Name(name, ast.Store())], total)
                case ast.Assign(
                    targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)
                ) if (
                    len(targets) == len(values)
                    and all(isinstance(v, ast.Constant | ast.List) for v in values)
                    and chance.random() < how.names_steps
                ):
                    body[place : place + 1] = [
                        ast.Assign([t], v) for t, v in zip(targets, values, strict=True)
                    ]


class _Calls(ast.NodeTransformer):
    def __init__(self, how: Habits, chance: random.Random) -> None:
        self.how, self.chance = how, chance

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(value=ast.Name(id="torch"), attr=name) if name in _METHODS:
                if node.args and self.chance.random() < self.how.methods * 0.7:
                    node.func = ast.Attribute(node.args[0], name, ast.Load())
                    node.args = node.args[1:]
            case ast.Attribute(value=inner, attr=name) if name in _METHODS:
                is_module = isinstance(inner, ast.Name) and inner.id in ("np", "nn", "F", "plt")
                if not is_module and self.chance.random() < (1 - self.how.methods) * 0.4:
                    node.func = ast.Attribute(ast.Name("torch", ast.Load()), name, ast.Load())
                    node.args = [inner, *node.args]
            case ast.Attribute(attr="no_grad") if self.chance.random() < self.how.long_sums * 0.3:
                node.func.attr = "inference_mode"
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr="item"), args=[]) if (
                self.chance.random() < (1 - self.how.methods) * 0.4
            ):
                return ast.Call(ast.Name("float", ast.Load()), [inner], [])
            case ast.Call(func=ast.Attribute(attr=name), keywords=[ast.keyword(arg=arg, value=v)]):
                if _POSITIONAL.get(name) == arg and self.chance.random() > self.how.keywords:
                    node.args, node.keywords = [*node.args, v], []
        return node


def _calls(tree: ast.AST, how: Habits, chance: random.Random) -> None:
    _Calls(how, chance).visit(tree)


def _loops(tree: ast.AST, how: Habits, chance: random.Random) -> None:
    """`for a, b in c` is `for batch in c: a, b = batch`, or counts along."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.For) or not isinstance(node.target, ast.Tuple):
            continue
        if chance.random() < how.loops * 0.35:
            name = _chosen(("batch", "pair", "sample", "item", "both", "b"), 0.5, chance)
            node.body.insert(0, ast.Assign([node.target], ast.Name(name, ast.Load())))
            node.target = ast.Name(name, ast.Store())
        elif chance.random() < how.loops * 0.25:
            counter = ast.Name(_chosen(("i", "step", "batch_idx", "k"), 0.5, chance), ast.Store())
            node.target = ast.Tuple([counter, node.target], ast.Store())
            node.iter = ast.Call(ast.Name("enumerate", ast.Load()), [node.iter], [])


def _reorder(tree: ast.AST, how: Habits | None, chance: random.Random) -> None:
    """Neighbours that do not touch one another's names change places."""
    for body in _bodies(tree):
        for place in range(len(body) - 1):
            one, then = body[place], body[place + 1]
            wanted = 1.0 if how is None else how.reorders * 0.5
            if _apart(one, then) and chance.random() < wanted:
                body[place], body[place + 1] = then, one


def _apart(one: ast.stmt, then: ast.stmt) -> bool:
    if not all(isinstance(s, ast.Assign | ast.AugAssign) for s in (one, then)):
        return False
    names = [{n.id for n in ast.walk(s) if isinstance(n, ast.Name)} for s in (one, then)]
    stored = [
        {n.id for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        for s in (one, then)
    ]
    attributes = any(isinstance(t, ast.Attribute) for s in (one, then) for t in ast.walk(s))
    return not (stored[0] & names[1] or stored[1] & names[0]) and not attributes


def _prints(tree: ast.AST, how: Habits, chance: random.Random) -> None:
    """A print that was left in, or a check of one's own."""
    for body in _bodies(tree):
        if chance.random() < how.prints * 0.12:
            stored = [
                (place, n.id)
                for place, s in enumerate(body)
                for n in ast.walk(s)
                if isinstance(s, ast.Assign)
                and isinstance(n, ast.Name)
                and n.ctx.__class__ is ast.Store
            ]
            if stored:
                place, name = chance.choice(stored)
                call = ast.parse(
                    chance.choice(
                        (f"print({name})", f"print('{name}', {name})", f"assert {name} is not None")
                    )
                ).body[0]
                body.insert(place + 1, call)


Rewriting = Callable[[str, random.Random], str]
_COMMENT = re.compile(r"\s*#.*$")


def other_comments(code: str, chance: random.Random) -> str:
    """The same code with its comments gone and others in their place."""
    kept = [_COMMENT.sub("", line) for line in code.splitlines()]
    return commented("\n".join(line for line in kept if line.strip()), 0.4, chance)
