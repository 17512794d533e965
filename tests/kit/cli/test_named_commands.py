"""Golden words test words, not truth: each command that a text names is parsed by the real CLI."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import autograder.cli.commands  # noqa: F401 - puts its verbs at `app`
from autograder.cli.shared import app

REPOSITORY = Path(__file__).parents[3]
KIT = REPOSITORY / "autograder"
PAGES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", REPOSITORY / "CHANGELOG.md"]
PAGES += sorted((REPOSITORY / "docs").glob("*.md"))
SOURCES = [
    *(path for path in sorted(KIT.rglob("*.py")) if "in_sandbox" not in path.parts),
    *(REPOSITORY / name for name in ("course_config.py", "nbgrader_config.py")),
    *sorted((REPOSITORY / "benchmarks").glob("*.py")),
]
IN_TICKS = re.compile(r"`(autograder(?: [^`]*)?)`", re.DOTALL)
ON_A_LINE = re.compile(r"^(?:Run: )?(autograder .*)$")
IN_A_BLOCK = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
GAP = "1"  # What a formatted string fills in: good for a name and for a number.
CLI: Any = typer.main.get_command(app)
# typer brings a click of its own, or uses the one that is installed.
USAGE_ERROR: Any = typer.BadParameter.__base__


def in_page(text: str) -> Iterator[str]:
    """The commands of a Markdown page: between ticks, or a line of a block of code."""
    for block in IN_A_BLOCK.findall(text):
        yield from (line.split(" #")[0] for line in block.splitlines() if ON_A_LINE.match(line))
    yield from IN_TICKS.findall(IN_A_BLOCK.sub("", text))


def in_source(text: str) -> Iterator[str]:
    """The commands in a Python file's strings: between ticks, or a string or line of its own."""
    for said in strings(ast.parse(text)):
        yield from IN_TICKS.findall(said)
        yield from (found[1] for line in said.splitlines() if (found := ON_A_LINE.match(line)))


def strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        parts = (part.value if isinstance(part, ast.Constant) else GAP for part in node.values)
        yield "".join(map(str, parts))
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for inner in ast.iter_child_nodes(node):
        yield from strings(inner)


def problem_of(command: str) -> str:
    """Why the CLI would refuse a command, "" where it would not. A bare verb names, and is fine."""
    _, *words = shlex.split(command)
    try:
        whole = CLI.make_context("autograder", words or ["--help"])
        _, verb, rest = CLI.resolve_command(whole, words)
        verb.make_context(words[0], list(rest), parent=whole)
    except typer.Exit:  # --help, --version
        return ""
    except USAGE_ERROR as refused:
        only_named = len(words) == 1 and type(refused).__name__ == "MissingParameter"
        return "" if only_named else str(refused.format_message())
    return ""


def named() -> list[tuple[str, str]]:
    """Each command with the file that names it, as "docs/tas.md"."""
    found = [(path, one) for path in PAGES for one in in_page(path.read_text("utf-8"))]
    found += [(path, one) for path in SOURCES for one in in_source(path.read_text("utf-8"))]
    flat = {(str(path.relative_to(REPOSITORY)), " ".join(one.split())) for path, one in found}
    return sorted(flat)


@pytest.mark.parametrize(("place", "command"), named())
def test_a_command_that_a_text_names_is_one_that_exists(place: str, command: str) -> None:
    assert problem_of(command) == "", f"{place} names `{command}`"


@pytest.mark.parametrize(
    "command",
    [
        "autograder --course FOLDER …",
        "autograder setings",
        "autograder grade 1-tensors --forse",
        "autograder groups 1-tensors --code one",
        "autograder doctor 1-tensors",
        "autograder release --to FOLDER",
    ],
)
def test_a_command_that_does_not_exist_is_refused(command: str) -> None:
    assert problem_of(command) != ""


def test_texts_of_every_kind_are_read() -> None:
    places = {place for place, _ in named()}

    assert {
        "README.md",
        "docs/instructors.md",
        "docs/tas.md",
        "course_config.py",
        "autograder/settings/load.py",
        "autograder/handout/places.py",
        "autograder/cli/show.py",
    } <= places


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_a_target_that_a_page_names_is_in_the_makefile(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))

    wanted = re.findall(r"(?:^|`)make ([a-z]+)", (REPOSITORY / page).read_text(), re.MULTILINE)
    assert wanted
    assert set(wanted) <= targets
