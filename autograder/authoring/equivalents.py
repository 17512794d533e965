"""Mutants that do the same as the reference: which, and why, in a file beside the checks.

`tests/hidden/ASSIGNMENT/equivalents/EXERCISE.toml` has a table for each:

    [[equivalent]]
    line = "return matrix.T"
    becomes = "return matrix.mT"
    reason = "For a tensor with two axes T and mT are the same."
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from autograder.authoring.mutants import Mutant
from autograder.errors import KitError

FOLDER: Final = "equivalents"
_SHORTEST_REASON: Final = 15
_WORDS: Final = ("line", "becomes", "reason")


@dataclass(frozen=True, kw_only=True, slots=True)
class Equivalent:
    """A mutant that no check can tell from the reference, and why. `line_number` is None where
    one mutant alone is written so.
    """

    line: str
    becomes: str
    reason: str
    line_number: int | None = None

    def fits(self, mutant: Mutant) -> bool:
        """Whether it is this mutant: the same words, however they are laid out."""
        return (
            self.line.split() == mutant.line.split()
            and self.becomes.split() == mutant.becomes.split()
            and self.line_number in (None, mutant.line_number)
        )


class EquivalentsUnusable(KitError):
    """A file of equivalents that cannot be read as one, or that is no longer true."""

    exit_code = 2

    def __init__(self, path: Path, why: str, mend: str = "") -> None:
        super().__init__(f"The equivalents {path} cannot be used: {why}.", mend)


def equivalents_path(checks_folder: Path, exercise: str) -> Path:
    return checks_folder / FOLDER / f"{exercise}.toml"


def read_equivalents(path: Path) -> list[Equivalent]:
    """What a file says; nothing where there is none. Raises EquivalentsUnusable."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as problem:
        raise EquivalentsUnusable(path, f"it cannot be read ({problem})") from problem
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise EquivalentsUnusable(path, f"it is not TOML ({problem})") from problem
    tables = data.get("equivalent", [])
    if set(data) - {"equivalent"} or not isinstance(tables, list):
        mend = "Write a table [[equivalent]] for each mutant, and nothing else."
        raise EquivalentsUnusable(path, "it holds something else than equivalents", mend)
    return [_equivalent(path, number, table) for number, table in enumerate(tables, 1)]


def _equivalent(path: Path, number: int, table: Any) -> Equivalent:
    mend = 'It has line = "…", becomes = "…", reason = "…" and, where needed, line_number = 12.'
    if not isinstance(table, dict) or set(table) - {*_WORDS, "line_number"}:
        raise EquivalentsUnusable(path, f"number {number} has other words than it may have", mend)
    if not all(isinstance(table.get(word), str) for word in _WORDS):
        missing = next(word for word in _WORDS if not isinstance(table.get(word), str))
        raise EquivalentsUnusable(path, f"number {number} has no text {missing}", mend)
    if not isinstance(table.get("line_number", 1), int):
        raise EquivalentsUnusable(path, f"the line_number of number {number} is no number", mend)
    if len(table["reason"].strip()) < _SHORTEST_REASON:
        raise EquivalentsUnusable(
            path,
            f'the reason of number {number}, "{table["reason"].strip()}", is too short',
            f"Say in {_SHORTEST_REASON} characters or more why no check can see the difference.",
        )
    return Equivalent(**table)


def matched(
    path: Path, equivalents: Sequence[Equivalent], mutants: Sequence[Mutant]
) -> dict[Mutant, Equivalent]:
    """The mutant of each entry; raises EquivalentsUnusable where it fits none, or several."""
    found: dict[Mutant, Equivalent] = {}
    for one in equivalents:
        fitting = [mutant for mutant in mutants if one.fits(mutant)]
        said = f'"{one.line}" that becomes "{one.becomes}"'
        if not fitting:
            raise EquivalentsUnusable(
                path, f"{said} is no mutant of the reference", "Remove it, or correct it."
            )
        if len(fitting) > 1:
            lines = " or ".join(str(mutant.line_number) for mutant in fitting)
            raise EquivalentsUnusable(
                path, f"{said} is {len(fitting)} mutants", f"Add line_number = {lines}."
            )
        if fitting[0] in found:
            raise EquivalentsUnusable(path, f"{said} stands there twice", "Remove one of the two.")
        found[fitting[0]] = one
    return found
