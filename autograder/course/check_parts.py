"""What the result of each exercise depends on in the hidden checks: its own functions, and all that
they may use.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Final

from autograder.course.digest import digest

_DECORATORS: Final = ("check", "for_page")


def digests_by_exercise(checks: Mapping[str, bytes]) -> dict[str, str]:
    """For each exercise the digest of what its checks do; {} for files that are no Python.

    A function under `@check("transpose")` or `@for_page("model")` is that exercise's alone; all
    else of its file, and each file without such a function, may be used by it. Comments and layout
    do not count.
    """
    own: dict[str, list[str]] = {}
    beside: dict[str, str] = {}
    of_files: dict[str, set[str]] = {}
    for name in sorted(checks):
        try:
            tree = ast.parse(checks[name])
        except (SyntaxError, ValueError):
            return {}
        used = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
        others = []
        for node in tree.body:
            exercise = _exercise_of(node)
            if exercise is None or getattr(node, "name", "") in used:
                others.append(ast.unparse(node))
            else:
                own.setdefault(exercise, []).append(f"{name}\0{ast.unparse(node)}")
                of_files.setdefault(name, set()).add(exercise)
        beside[name] = "\n".join(others)
    everywhere = [f"{name}\0{text}" for name, text in beside.items() if name not in of_files]
    return {
        exercise: digest(
            [
                *everywhere,
                *(
                    f"{name}\0{beside[name]}"
                    for name in beside
                    if exercise in of_files.get(name, ())
                ),
                *functions,
            ]
        )
        for exercise, functions in own.items()
    }


def _exercise_of(node: ast.stmt) -> str | None:
    """The exercise that a function is a check of, None for all else."""
    if not isinstance(node, ast.FunctionDef):
        return None
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
            if decorator.func.id not in _DECORATORS or not decorator.args:
                continue
            first = decorator.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                return first.value
    return None
