"""The helper code of the course's own checks: it stands in files, each of which some check uses."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import textwrap
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.checks import tools
from autograder.checks.tool_files import FOLDER, sources, with_imported
from tests.kit.course_maker import REPOSITORY

HIDDEN = REPOSITORY / "tests" / "hidden"
CHECK_FILES = sorted(HIDDEN.glob("*/test_*.py"))
TOOLS = sorted([*HIDDEN.glob(f"{FOLDER}/*.py"), *HIDDEN.glob(f"*/{FOLDER}/*.py")])
STATEMENTS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


def code_in(source: str) -> list[str]:
    """The strings that hold code: those that define or import anything, and are no docstring."""
    tree = ast.parse(source)
    docstrings = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    texts = [
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant)
        and isinstance(one.value, str)
        and id(one) not in docstrings
    ]
    return [text for text in texts if _is_code(text)]


def _is_code(text: str) -> bool:
    try:
        statements = ast.walk(ast.parse(textwrap.dedent(text)))
    except (SyntaxError, ValueError):
        return False
    return any(isinstance(one, STATEMENTS) for one in statements)


def tools_of(check_file: Path) -> Iterator[tuple[str, ...]]:
    """What a check file asks `tools` for, call by call."""
    for node in ast.walk(ast.parse(check_file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "tools":
            yield tuple(ast.literal_eval(one) for one in node.args[1:])


def in_course(path: Path) -> str:
    return str(path.relative_to(HIDDEN))


@pytest.mark.parametrize("check_file", CHECK_FILES, ids=in_course)
def test_a_check_file_holds_no_code_in_strings(check_file: Path) -> None:
    assert code_in(check_file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("TOOLS = '''\nimport torch\n'''", True),
        ("def look(student):\n    define(student, '    def two():\\n        return 2')", True),
        ("RIGHT = 'def one(): ' 'return 1'", True),
        ("LOOP = 'for _ in range(3):\\n    class Spy: pass'", True),
        ('"""Docstring."""\n\n\ndef check():\n    """import torch"""', False),
        ("HINT = 'What does import do?'", False),
        ("expect(1, 2, name='transpose(m)')", False),
    ],
)
def test_code_in_a_string_is_seen(source: str, holds: bool) -> None:
    assert bool(code_in(source)) == holds


def test_each_tool_is_used_by_a_check() -> None:
    used = set[str]()
    for check_file in CHECK_FILES:
        named = {one for names in tools_of(check_file) for one in names}
        used |= with_imported(named, sources(check_file.parent))

    assert [in_course(path) for path in TOOLS if path.stem not in used] == []


@pytest.mark.parametrize("check_file", CHECK_FILES, ids=in_course)
def test_tools_that_are_put_together_define_each_name_once(check_file: Path) -> None:
    for names in tools_of(check_file):
        body = ast.parse(tools(str(check_file), *names)).body
        defined = [one.name for one in body if isinstance(one, (ast.FunctionDef, ast.ClassDef))]
        assigned = [ast.unparse(one.targets[0]) for one in body if isinstance(one, ast.Assign)]

        twice = [one for one, count in Counter([*defined, *assigned]).items() if count > 1]
        assert (names, twice) == (names, [])


def test_a_tool_has_a_name_of_its_own() -> None:
    names = [path.stem for path in TOOLS]
    taken = [
        one for one in names if one in sys.stdlib_module_names or importlib.util.find_spec(one)
    ]

    assert [one for one, count in Counter(names).items() if count > 1] == []
    assert taken == []


@pytest.mark.parametrize("tool", TOOLS, ids=in_course)
def test_a_tool_says_what_it_holds(tool: Path) -> None:
    assert ast.get_docstring(ast.parse(tool.read_text(encoding="utf-8")))


def test_ruff_goes_over_all_tools() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--show-files", str(HIDDEN)]

    shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)

    assert {str(path) for path in TOOLS} <= set(shown.stdout.splitlines())


def test_mypy_goes_over_all_tools() -> None:
    whole = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    settings = whole["tool"]["mypy"]
    places = [path.relative_to(REPOSITORY).as_posix() for path in TOOLS]

    assert "tests" in settings["files"]
    assert [p for p in places if any(re.search(one, p) for one in settings["exclude"])] == []
    # Else it takes them for modules of a package whose name is no identifier.
    roots = {one.removeprefix("$MYPY_CONFIG_FILE_DIR/") for one in settings["mypy_path"]}
    assert {place.rpartition("/")[0] for place in places} <= roots
