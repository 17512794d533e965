"""What a check file is made of: its checks, their helper functions, and who comes to which."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.course.check_parts import exercise_of

_ASSERTS = re.compile(r"_?(expect|require|assert)(_\w+)?|credit|fail")

# What may be called without anything being different afterwards, on whichever side.
_CHANGE_NOTHING = frozenset(
    (
        *("expect", "require", "isinstance", "len", "bool", "int", "float", "str", "repr", "type"),
        *("tuple", "list", "dict", "set", "sorted", "zip", "range", "sum", "min", "max", "abs"),
        *("all", "any", "item", "tolist", "isnan", "isfinite", "eq", "gt", "lt", "ge", "le"),
        *("equal", "allclose", "mean", "norm", "amax", "numel", "dim", "size", "flatten", "detach"),
        *("is_floating_point", "keys", "values", "items", "get", "startswith", "endswith", "join"),
        *("removeprefix", "removesuffix", "fetch"),
    )
)


@dataclass(frozen=True)
class Function:
    """A function, or a constant with its value, at the top level of a check file. `exercise` is
    the one that it is a check of, or "".
    """

    name: str
    node: ast.FunctionDef | ast.Assign
    exercise: str = ""

    @property
    def body(self) -> list[ast.stmt]:
        return self.node.body if isinstance(self.node, ast.FunctionDef) else [self.node]

    def statements(self) -> list[ast.stmt]:
        """All statements within, those of nested functions, loops and `with` blocks too."""
        inner = [one for part in self.body for one in ast.walk(part) if isinstance(one, ast.stmt)]
        return sorted(inner, key=lambda one: (one.lineno, one.col_offset))

    @cached_property
    def used(self) -> set[str]:
        """The names that it uses: what it calls, and the fixtures that it is given."""
        nodes = list(ast.walk(self.node))
        return {one.id for one in nodes if isinstance(one, ast.Name)} | {
            one.arg for one in nodes if isinstance(one, ast.arg)
        }


class Calls:
    """Who comes to which function of a check file, and which statements may fail an answer."""

    def __init__(self, tree: ast.Module) -> None:
        self.functions = [
            Function(node.name, node, exercise_of(node, ("check",)) or "")
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
        ]
        self.constants = [
            Function(target.id, node)
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        ]
        self._parts = {one.name: one for one in (*self.constants, *self.functions)}
        self._asserting: set[str] = set()
        self._learn_who_asserts(tree)
        self._reached = self._reached_by()

    def checks_of(self, name: str) -> Mapping[str, frozenset[str]]:
        """The checks that may come to this function or constant, by exercise."""
        found: dict[str, set[str]] = {}
        for check in self._reached.get(name, ()):
            found.setdefault(self._parts[check].exercise, set()).add(check)
        return {exercise: frozenset(checks) for exercise, checks in found.items()}

    def asserts(self, node: ast.stmt) -> bool:
        """Whether the statement is there to fail an answer: taken out, the rest goes on."""
        match node:
            case ast.Assert() | ast.Raise():
                return True
            case ast.Expr(value=ast.Call() as call):
                given = [*call.args, *(one.value for one in call.keywords)]
                return self._is_asserting(call.func) or any(map(self._hands_on, given))
        return False

    def asserts_within(self, body: Sequence[ast.stmt]) -> bool:
        """Whether anything in these statements may fail an answer."""
        nodes = [one for part in body for one in ast.walk(part)]
        return any(
            isinstance(one, ast.Assert | ast.Raise)
            or (isinstance(one, ast.Call) and self._is_asserting(one.func))
            for one in nodes
        )

    def _is_asserting(self, function: ast.expr) -> bool:
        match function:
            case ast.Name(id=name):
                return name in self._asserting or _ASSERTS.fullmatch(name) is not None
            case ast.Attribute(attr=name):
                return _ASSERTS.fullmatch(name) is not None
        return False

    def _hands_on(self, argument: ast.expr) -> bool:
        """Whether the argument is a function that may fail an answer, for who is called to call."""
        if isinstance(argument, ast.Lambda):
            return self.asserts_within([ast.Expr(argument.body)])
        return isinstance(argument, ast.Name) and argument.id in self._asserting

    def _learn_who_asserts(self, tree: ast.Module) -> None:
        functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
        known = -1
        while known != len(self._asserting):
            known = len(self._asserting)
            self._asserting |= {one.name for one in functions if self.asserts_within(one.body)}

    def _reached_by(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for check in self.functions:
            if check.exercise:
                for name in self._reached_from(check.name, set()):
                    found.setdefault(name, set()).add(check.name)
        return found

    def _reached_from(self, name: str, seen: set[str]) -> Iterator[str]:
        if name in seen:
            return
        seen.add(name)
        yield name
        for used in sorted(self._parts[name].used & self._parts.keys()):
            yield from self._reached_from(used, seen)


def asks_nobody(node: ast.stmt) -> bool:
    """Whether a statement only judges what came before: it asks no answer, and draws nothing."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)]
    names = [one.attr if isinstance(one, ast.Attribute) else ast.unparse(one) for one in calls]
    return _CHANGE_NOTHING.issuperset(names)
