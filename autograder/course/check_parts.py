"""What the result of each exercise depends on in the hidden checks: its own functions, and all that
they may use.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Final

from autograder.checks.tool_files import FOLDER, with_imported
from autograder.course.digest import digest

CLAUSES: Final = "CLAUSES"
_DECORATORS: Final = ("check", "for_page")


def digests_by_exercise(checks: Mapping[str, bytes]) -> dict[str, str]:
    """For each exercise the digest of what its checks do; {} for files that are no Python.

    A function under `@check("transpose")` or `@for_page("model")` is that exercise's alone; all
    else of its file, and each file without such a function, may be used by it. A tool may be used
    by those whose code names it. Comments and layout do not count, nor does a `CLAUSES` that
    the file does not use: it says what the checks are for.
    """
    try:
        parts = {name: _parts(checks[name]) for name in sorted(checks) if not _is_tool(name)}
        tools = {PurePath(name).stem: checks[name].decode() for name in checks if _is_tool(name)}
        plain = {name: ast.unparse(ast.parse(source)) for name, source in tools.items()}
    except (SyntaxError, ValueError):
        return {}
    return {
        exercise: digest(_texts(exercise, parts, plain))
        for exercise in {one for _shared, own in parts.values() for one in own}
    }


def _is_tool(name: str) -> bool:
    return PurePath(name).parent.name == FOLDER


def _texts(
    exercise: str, parts: Mapping[str, tuple[str, dict[str, list[str]]]], tools: Mapping[str, str]
) -> Iterator[str]:
    """All that an exercise's result depends on in the checks, as texts."""
    named: set[str] = set()
    for name, (shared, own) in parts.items():
        if exercise in own or not own:
            for text in (shared, *own.get(exercise, ())):
                yield f"{name}\0{text}"
                named |= {one for one in tools if repr(one) in text}
    for one in sorted(with_imported(named, tools)):
        yield f"{FOLDER}/{one}\0{tools[one]}"


def _parts(source: bytes) -> tuple[str, dict[str, list[str]]]:
    """What a file's checks share, and by exercise the functions that are its alone; raises
    SyntaxError or ValueError where it is no Python.
    """
    tree = ast.parse(source)
    names = [one for one in ast.walk(tree) if isinstance(one, ast.Name)]
    used = {one.id for one in names}
    read = {one.id for one in names if isinstance(one.ctx, ast.Load)}
    shared, own = [], dict[str, list[str]]()
    for node in tree.body:
        if CLAUSES not in read and _given_clauses(node) is not None:
            continue
        exercise = exercise_of(node)
        if exercise is None or getattr(node, "name", "") in used:
            shared.append(ast.unparse(node))
        else:
            own.setdefault(exercise, []).append(ast.unparse(node))
    return "\n".join(shared), own


def checks_by_exercise(source: bytes) -> dict[str, tuple[str, ...]]:
    """By exercise the names of the checks in a file; raises SyntaxError where it is no Python."""
    found = dict[str, tuple[str, ...]]()
    for node in ast.parse(source).body:
        exercise = exercise_of(node, ("check",))
        if exercise is not None and isinstance(node, ast.FunctionDef):
            found[exercise] = (*found.get(exercise, ()), node.name)
    return found


def clauses_in(source: bytes) -> list[ast.expr]:
    """What stands behind each `CLAUSES =` in a file; raises SyntaxError where it is no Python."""
    found = [_given_clauses(node) for node in ast.parse(source).body]
    return [one for one in found if one is not None]


def _given_clauses(node: ast.stmt) -> ast.expr | None:
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
    elif isinstance(node, ast.AnnAssign):
        target = node.target
    else:
        return None
    return node.value if isinstance(target, ast.Name) and target.id == CLAUSES else None


def exercise_of(node: ast.stmt, decorators: Sequence[str] = _DECORATORS) -> str | None:
    """The exercise that a function is of, by one of these decorators; None for all else."""
    found = mark_in(node, decorators)
    return found[0] if found is not None else None


def mark_in(
    node: ast.stmt, decorators: Sequence[str] = _DECORATORS
) -> tuple[str, dict[str, ast.expr]] | None:
    """The exercise that one of these decorators names, and its keyword arguments; None for all
    else.
    """
    for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
            if decorator.func.id not in decorators or not decorator.args:
                continue
            first = decorator.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                return first.value, {one.arg: one.value for one in decorator.keywords if one.arg}
    return None
