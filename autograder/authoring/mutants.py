"""Mutants of a reference's source: each is the source with one small fault in it.

No library makes them: mutmut and cosmic-ray write changed modules to disk and run a package's test
suite against each. Our answers are cells of a notebook, tried by hidden checks in a sandboxed
kernel, and the operators for what beginners get wrong in PyTorch would be ours there too.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from autograder.authoring import (
    mutate_expressions,
    mutate_habits,
    mutate_statements,
    mutate_tensors,
    mutate_training,
)
from autograder.authoring.mutant_code import Change, Code, Operator

OPERATORS: Final[dict[str, Operator]] = {
    **mutate_expressions.OPERATORS,
    **mutate_statements.OPERATORS,
    **mutate_tensors.OPERATORS,
    **mutate_training.OPERATORS,
    **mutate_habits.OPERATORS,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """A source with one fault. `line` is what stood at `line_number` and `becomes` what stands
    there now; either may be several lines. `kind` says what the fault is about: one of the KINDS of
    `clause_kinds`.
    """

    operator: str
    kind: str
    line_number: int
    line: str
    becomes: str
    source: str

    @property
    def diff(self) -> str:
        """The lines before and after, as people read them."""
        before = [f"- {line}" for line in self.line.splitlines()]
        after = [f"+ {line}" for line in self.becomes.splitlines()]
        return "\n".join([*before, *after])


def mutants(source: str, given: frozenset[str] = frozenset()) -> list[Mutant]:
    """All mutants of a source, from its first line to its last.

    Between the marks of the solution where there are any. `given` are the names that the cells
    above define. No two have the same code, and none has that of the source. Raises SyntaxError.
    """
    code = Code(source, given)
    seen = {ast.dump(code.tree)}
    found = []
    for operator, change in _changes(code):
        after = code.edited(change)
        try:
            dump = ast.dump(ast.parse(after))
        except SyntaxError:
            continue
        if dump not in seen:
            seen.add(dump)
            found.append(_mutant(operator, change.kind, source, after))
    return sorted(found, key=lambda one: one.line_number)


def _changes(code: Code) -> Iterator[tuple[str, Change]]:
    for name, operator in OPERATORS.items():
        for node in code.nodes():
            for change in operator(code, node):
                yield name, change


def _mutant(operator: str, kind: str, source: str, after: str) -> Mutant:
    old, new = source.splitlines(), after.splitlines()
    start = _alike_from_the_start(old, new)
    behind = _alike_from_the_start(old[start:][::-1], new[start:][::-1])
    new_start, end, new_end = start, len(old) - behind, len(new) - behind
    if start == end:
        # Lines that are only added stand beside one that people know.
        start, end, new_start, new_end = _with_a_neighbour(old, new, start, new_end)
    margin = _margin([*old[start:end], *new[new_start:new_end]])
    return Mutant(
        operator=operator,
        kind=kind,
        line_number=start + 1,
        line=_without_margin(old[start:end], margin),
        becomes=_without_margin(new[new_start:new_end], margin),
        source=after,
    )


def _with_a_neighbour(
    old: list[str], new: list[str], at: int, new_end: int
) -> tuple[int, int, int, int]:
    """The lines that are added, and the next one where it is in the same block, else the one
    before.
    """
    if at < len(old) and _margin([old[at]]) == _margin([new[at]]) and old[at].strip():
        return at, at + 1, at, new_end + 1
    return at - 1, at, at - 1, new_end


def _alike_from_the_start(old: list[str], new: list[str]) -> int:
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    return sum(1 for _ in pairs)


def _margin(lines: list[str]) -> int:
    return min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)


def _without_margin(lines: list[str], margin: int) -> str:
    return "\n".join(line[margin:].rstrip() for line in lines)
