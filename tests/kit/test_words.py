"""Every sentence that students and TAs can meet is short and plain, and makes one suggestion."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from autograder.course.cells import visible_checks
from autograder.course.course import open_course
from autograder.diagnosis.answers import mistakes
from autograder.settings.load import load
from tests.kit.reading import faults, grade, sentences, syllables, words

ROOT = Path(__file__).parents[2]
COURSE = open_course(load(ROOT))
# What only instructors read is held to nothing here: settings, commands, machines, authoring.
ROOMS = (
    *("checks", "diagnosis", "expect", "feedback", "hand_in", "judge", "kernel", "marking"),
    *("mnist", "namespace", "report", "review"),
)
INSTRUCTORS = ("kernel/walls/", "hand_in/release.py", "review/releasing.py")


class Said(NamedTuple):
    """A sentence, where it stands, and whether it is a hint."""

    where: str
    text: str
    hint: bool = False


def text_of(node: ast.AST) -> str:
    """A literal text, with an x in the place of what is put in; "" for anything else."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part) or "x" for part in parts)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            both = text_of(left), text_of(right)
            return "".join(one or "x" for one in both) if any(both) else ""
    return ""


def said_in_checks(source: str, where: str) -> Iterator[Said]:
    """The facts and hints in the calls of a check file, or of a visible check."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        for keyword in node.keywords:
            if keyword.arg == "hint" or name == "hints":
                yield Said(where, text_of(keyword.value), hint=True)
        if name in ("require", "credit") and len(node.args) > 1:
            yield Said(where, text_of(node.args[1]))


def said_in_course(assignment: str) -> list[Said]:
    folder = COURSE.checks_folder(assignment)
    found: list[Said] = []
    for path in sorted(folder.glob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        found += said_in_checks(source, path.name)
        found += said_in_module(without_clauses(ast.parse(source)), path.name)
    for exercise, source in visible_checks(COURSE.source_notebook(assignment)).items():
        found += said_in_checks(source, f"{exercise}-checks")
    for mistake in mistakes(folder):
        found.append(Said(f"mistakes/{mistake.name}", mistake.hint, hint=True))
    return [one for one in found if one.text]


def without_clauses(tree: ast.Module) -> ast.Module:
    """A check file without its clauses: those are the docstrings' words, for instructors."""
    body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CLAUSES")
    ]
    return ast.Module(body=body, type_ignores=[])


def said_by_kit() -> Iterator[Said]:
    """The literal sentences in the rooms whose words students and TAs read."""
    for room in ROOMS:
        for path in sorted((ROOT / "autograder" / room).rglob("*.py")):
            where = path.relative_to(ROOT / "autograder").as_posix()
            if not where.startswith(INSTRUCTORS):
                yield from said_in_module(ast.parse(path.read_text(encoding="utf-8")), where)


def said_in_module(tree: ast.AST, where: str) -> Iterator[Said]:
    docstrings = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    parts = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and node not in docstrings | parts:
            text = text_of(node).strip()
            if re.search(r"[.?!]$", text) and len(words(text)) > 2:
                yield Said(f"{where}:{getattr(node, 'lineno', 0)}", text, hint=text.endswith("?"))


def test_how_hard_a_text_is_follows_its_words_and_leaves_out_code() -> None:
    hard = "Unnecessary materialization of intermediate representations deteriorates performance."

    assert [syllables(word) for word in ("the", "shape", "number", "idea", "little")] == [
        *(1, 1, 2, 2, 2)
    ]
    assert words("Is `model.eval()` called, and is x[0] a float32?") == [
        *("Is", "called", "and", "is", "a")
    ]
    assert sentences("One. Two? x, 3.5") == ["One.", "Two?", "x, 3.5"]
    assert grade(hard) > 20 > 9 > grade("Which of the two axes has to go?")
    assert list(faults(hard)) != []
    assert list(faults("The second result is no optimizer.")) != []
    assert list(faults("There is no file of this name.")) == []


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_what_an_assignment_tells_is_easy_to_read(assignment: str) -> None:
    said = said_in_course(assignment)

    assert len(said) > 100
    assert [(one.where, fault) for one in said for fault in faults(one.text)] == []


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_a_hint_makes_one_suggestion(assignment: str) -> None:
    said = said_in_course(assignment)

    assert [(one.where, one.text) for one in said if one.hint and one.text.count("?") > 1] == []


def test_what_the_kit_tells_students_and_tas_is_easy_to_read() -> None:
    said = list(said_by_kit())

    assert len(said) > 150
    assert [(one.where, fault) for one in said for fault in faults(one.text)] == []
