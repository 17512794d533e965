"""The answers beside an assignment's checks: mistakes, which must fail, and variants, which pass.

A mistake opens with a docstring: a line that says what is wrong, then `fails:` with the names of
checks that must fail and `hint:` with the words of a good TA.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import KitError


class AnswerUnreadable(KitError):
    """A mistake or variant whose head is not as it must be."""

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        super().__init__(f"{path.parent.name}/{path.name}: {why}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The source of an exercise's cell, written another way. `fails` is empty for a variant."""

    exercise: str
    path: Path
    source: str
    symptom: str
    fails: tuple[str, ...] = ()
    hint: str = ""

    @property
    def code(self) -> str:
        """The answer alone, as a student would write it: without the docstring that explains it."""
        head = ast.parse(self.source).body[0]
        return "\n".join(self.source.splitlines()[head.end_lineno :]).strip() + "\n"

    @property
    def name(self) -> str:
        return f"{self.exercise}/{self.path.stem}"


def mistakes(checks_folder: Path) -> list[Answer]:
    """The wrong answers of an assignment, by exercise and name."""
    return [_mistake(path) for path in sorted((checks_folder / "mistakes").glob("*/*.py"))]


def mistakes_of(checks_folder: Path, exercise: str) -> list[Answer]:
    """The wrong answers to one exercise, by name."""
    folder = checks_folder / "mistakes" / exercise
    return [_mistake(path) for path in sorted(folder.glob("*.py"))]


def variants(checks_folder: Path) -> list[Answer]:
    """The right answers written differently, by exercise and name."""
    return [_variant(path) for path in sorted((checks_folder / "variants").glob("*/*.py"))]


def answers(checks_folder: Path, only: frozenset[str] = frozenset()) -> list[Answer]:
    """The mistakes and the variants of an assignment, of all exercises or of some."""
    found = [*mistakes(checks_folder), *variants(checks_folder)]
    return [answer for answer in found if not only or answer.exercise in only]


def _variant(path: Path) -> Answer:
    source, doc = _read(path)
    return Answer(exercise=path.parent.name, path=path, source=source, symptom=doc.strip())


def _mistake(path: Path) -> Answer:
    source, doc = _read(path)
    symptom, fields = _fields(doc)
    if not fields.get("fails") or not fields.get("hint"):
        raise AnswerUnreadable(path, "its docstring needs a line fails: and a line hint:")
    return Answer(
        exercise=path.parent.name,
        path=path,
        source=source,
        symptom=symptom,
        fails=tuple(name for part in fields["fails"].split(",") if (name := part.strip())),
        hint=fields["hint"],
    )


def _read(path: Path) -> tuple[str, str]:
    source = path.read_text(encoding="utf-8")
    try:
        doc = ast.get_docstring(ast.parse(source))
    except SyntaxError as problem:
        raise AnswerUnreadable(path, f"line {problem.lineno} is no Python") from problem
    if not doc:
        raise AnswerUnreadable(path, "it has no docstring")
    return source, doc


def _fields(doc: str) -> tuple[str, dict[str, str]]:
    symptom: list[str] = []
    fields: dict[str, str] = {}
    current = ""
    for line in doc.splitlines():
        key, colon, rest = line.partition(":")
        if colon and key in ("fails", "hint"):
            current = key
            fields[key] = rest.strip()
        elif current and line.strip():
            fields[current] += f" {line.strip()}"
        elif not current:
            symptom.append(line.strip())
    whole = {key: text.strip() for key, text in fields.items()}
    return " ".join(part for part in symptom if part), whole
