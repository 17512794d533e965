"""Check files broken on purpose, in one place at a time: would anybody notice?

Pure: check files in, broken versions out. What runs beside the student's code (`tools/`) stays as
it is, and so does what only pages ask for: it earns and costs nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from autograder.authoring.check_calls import Calls, Function, asks_nobody
from autograder.authoring.edits import Edit, Source
from autograder.authoring.loosening import conditions_loosened, own_nodes, tolerances_widened

_SUPPRESS = '__import__("contextlib").suppress'


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A check file with one place changed.

    `line` is the first line of the statement (or constant) that the place is in, `head` its last
    one without a body, `last` with it. `text` is how it begins, `done` what was done. `place` names
    it as long as the function that it is in stays as it is, whatever stands around that. `checks`
    are the checks that may come to it, by exercise. `only_loosens`: whoever was content with the
    statement before goes on as before.
    """

    file: str
    line: int
    head: int
    last: int
    text: str
    done: str
    place: str
    checks: Mapping[str, frozenset[str]]
    source: Source
    edit: Edit
    only_loosens: bool = False
    is_constant: bool = False

    @property
    def content(self) -> bytes:
        """The changed file."""
        return self.source.changed(self.edit)


def broken_versions(files: Mapping[str, bytes]) -> list[Broken]:
    """All broken versions of an assignment's check files, by their place.

    `files` are `test_*.py` by name; others are left out. Raises SyntaxError for one that is no
    Python.
    """
    names = sorted(name for name in files if name.startswith("test_"))
    return [one for name in names for one in _of_file(name, files[name])]


def exercises_of(content: bytes) -> frozenset[str]:
    """The exercises that a check file has checks of."""
    calls = Calls(ast.parse(content))
    return frozenset(one.exercise for one in calls.functions if one.exercise)


def _of_file(name: str, content: bytes) -> Iterator[Broken]:
    source = Source(content, name)
    calls = Calls(source.tree)
    for part in (*calls.functions, *calls.constants):
        checks = calls.checks_of(part.name)
        if not checks:
            continue
        changes = enumerate(_changes(part, calls, source))
        for number, (node, edit, done, only_loosens) in changes:
            yield Broken(
                file=name,
                line=node.lineno,
                head=_end_of_head(node),
                last=node.end_lineno or node.lineno,
                text=source.begins(node),
                done=done,
                place=f"{name}:{part.name}:{number}: {done}",
                checks=checks,
                source=source,
                edit=edit,
                only_loosens=only_loosens,
                is_constant=isinstance(part.node, ast.Assign),
            )


def _end_of_head(node: ast.stmt) -> int:
    last = node.end_lineno or node.lineno
    body = getattr(node, "body", ())
    return max(node.lineno, min(last, body[0].lineno - 1)) if body else last


Change = tuple[ast.stmt, Edit, str, bool]
"""A statement, what changes in it, what that is, and whether it only loosens."""


def _changes(part: Function, calls: Calls, source: Source) -> Iterator[Change]:
    """The changes within one function or constant."""
    if part.exercise:
        yield _returns_at_once(part, source)
    for node in part.statements():
        if calls.asserts(node):
            yield node, source.replaced(node, "pass"), "taken out", asks_nobody(node)
        for edit, done in (*_raises_suppressed(node, source), *_ramps_filled(node, source)):
            yield node, edit, done, False
        for edit, done, loosens in (
            *tolerances_widened(node, source),
            *conditions_loosened(node, source, of_check=bool(part.exercise)),
        ):
            yield node, edit, done, loosens


def _returns_at_once(part: Function, source: Source) -> Change:
    body = part.body
    begins_with_words = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    first = body[1] if begins_with_words and len(body) > 1 else body[0]
    return first, source.put_before(first, "return"), f"{part.name} returns at once", False


def _raises_suppressed(node: ast.stmt, source: Source) -> Iterator[tuple[Edit, str]]:
    """`with pytest.raises(X)` that is content where nothing raises."""
    for item in node.items if isinstance(node, ast.With) else ():
        call = item.context_expr
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.raises":
            kinds = ", ".join(map(ast.unparse, call.args))
            yield source.replaced(call, f"{_SUPPRESS}({kinds})"), "need not raise"


def _ramps_filled(node: ast.stmt, source: Source) -> Iterator[tuple[Edit, str]]:
    for call in own_nodes(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "ramp":
            yield source.replaced(call, "1.0"), "the ramp gives everything"
