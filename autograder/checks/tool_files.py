"""Helper code of checks that runs beside the student's, read from files of its own.

A folder says what runs where: `test_*.py` run in the judge, `tools/*.py` in the student's process
(or beside the reference, where a check gives it the other space). An assignment's `tools/` come
first, then the `tools/` beside all assignments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

FOLDER: Final = "tools"


def tools(check_file: str, *names: str) -> str:
    """The source of these tools, for `define`, `lent` and `fairly`: plain text, that holds them and
    what they import of other tools, each once.

    `check_file` is the check file's own `__file__`. A tool is a module like any other; of another
    tool it takes names by `from networks import network`. Raises FileNotFoundError for a tool that
    is not there, and SyntaxError for one that is no Python.

    >>> NETWORKS = tools(__file__, "networks", "traces")
    >>> define(student, NETWORKS).network(state)
    """
    found = sources(Path(check_file).parent)
    for name in names:
        if name not in found:
            known = ", ".join(sorted(found)) or "none"
            raise FileNotFoundError(f"no {FOLDER}/{name}.py for {check_file}: there are {known}")
    return "\n".join(_alone(found[name], found) for name in _in_order(names, found))


def sources(checks_folder: Path) -> dict[str, str]:
    """The tools for an assignment's checks, by name: its own, and those beside all assignments."""
    return {path.stem: path.read_text(encoding="utf-8") for path in files(checks_folder)}


def files(checks_folder: Path) -> list[Path]:
    """Where these tools are."""
    folders = (checks_folder.parent / FOLDER, checks_folder / FOLDER)
    found = {path.name: path for folder in folders for path in folder.glob("*.py")}
    return [found[name] for name in sorted(found)]


def with_imported(names: set[str], found: Mapping[str, str]) -> set[str]:
    """These tools and all that they use of others; `found` are all there are, by name."""
    return set(_in_order(sorted(names), found))


def _in_order(names: tuple[str, ...] | list[str], found: Mapping[str, str]) -> list[str]:
    """Each tool once, what it imports before it."""
    ordered: list[str] = []
    for name in names:
        before = [node.module or "" for node in _imports(found[name], found)]
        ordered.extend(one for one in _in_order(before, found) if one not in ordered)
        if name not in ordered:
            ordered.append(name)
    return ordered


def _alone(source: str, found: Mapping[str, str]) -> str:
    """A tool's source without its imports of other tools, which stand before it."""
    lines = source.splitlines()
    for node in _imports(source, found):
        for number in range(node.lineno - 1, node.end_lineno or node.lineno):
            lines[number] = ""
    return "\n".join(lines) + "\n"


def _imports(source: str, found: Mapping[str, str]) -> Iterator[ast.ImportFrom]:
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module in found:
            yield node
