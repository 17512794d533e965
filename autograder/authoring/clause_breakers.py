"""What breaks each clause, tried: it must lose a check of that clause, and none of another."""

from __future__ import annotations

import ast
import hashlib
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from autograder.authoring.clauses import Change, Clause, clause_faults, read_clauses
from autograder.diagnosis.answers import Answer, mistakes, variants
from autograder.diagnosis.trying import Tried
from autograder.errors import KitError
from autograder.judge.records import Cell


class NoSuchLine(KitError):
    """A change of the reference that cannot be made."""


def changed(source: str, change: Change) -> str:
    """The reference's cell with some of its lines changed; indented as they were.

    Raises NoSuchLine where these lines do not stand there exactly once, and where what comes out is
    not Python.
    """
    wanted = [line.strip() for line in change.line.strip().splitlines()]
    lines = source.splitlines()
    size = len(wanted)
    places = [
        at
        for at in range(len(lines) - size + 1)
        if [line.strip() for line in lines[at : at + size]] == wanted
    ]
    if len(places) != 1:
        fact = f"The reference has the line {change.line.strip()!r} {len(places)} times, not once."
        raise NoSuchLine(
            fact, "Write it with a line beside it." if places else "Copy it from there."
        )
    at = places[0]
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    lines[at : at + size] = textwrap.indent(
        textwrap.dedent(change.becomes).strip("\n"), indent
    ).splitlines()
    made = "\n".join(lines) + "\n"
    try:
        ast.parse(made)
    except SyntaxError as problem:
        raise NoSuchLine(
            f"With {change.becomes!r} line {problem.lineno} of the cell is not Python.",
            "Write lines that can stand there; `pass` where nothing is left.",
        ) from problem
    return made


def changed_references(exercise: str, source: str, clauses: Sequence[Clause]) -> Iterator[Answer]:
    """The answers to try that are in no file, each change once. What cannot be made is left out:
    `breaker_faults` says so.
    """
    made = set[str]()
    for clause in clauses:
        if not isinstance(clause.broken_by, Change):
            continue
        name = _name(exercise, clause.broken_by)
        try:
            becomes = changed(source, clause.broken_by)
        except NoSuchLine:
            continue
        if name not in made:
            made.add(name)
            yield Answer(
                exercise=exercise,
                path=Path(exercise, name.partition("/")[2]),
                source=becomes,
                symptom=f'It breaks "{clause.text}".',
            )


def breaker_faults(
    exercise: str, source: str, clauses: Sequence[Clause], tried: Mapping[str, Tried]
) -> list[str]:
    """What is wrong with the breakers of an exercise, from what they got.

    `tried` holds the exercise's mistakes and what `changed_references` gave, by `Answer.name`.
    Mistakes that are not there are left to `clause_faults`.
    """
    found = []
    for clause in clauses:
        breaker = clause.broken_by
        if isinstance(breaker, Change):
            try:
                changed(source, breaker)
            except NoSuchLine as problem:
                found.append(f"{clause.where}: {problem}")
                continue
            name, said = _name(exercise, breaker), f"the change to {breaker.becomes!r}"
        elif breaker is not None:
            name, said = f"{exercise}/{breaker}", f"mistakes/{breaker}"
        else:
            continue
        if name in tried:
            found += [f"{clause.where}: {said} {one}" for one in _wrong(clause, tried[name])]
    return found


def _wrong(clause: Clause, tried: Tried) -> Iterator[str]:
    lost = [one.check.name for one in tried.result.checks if one.credit < 1]
    others = [name for name in lost if name not in clause.checks]
    if not lost:
        yield "gets full marks"
    elif len(others) == len(lost):
        yield f"passes {', '.join(clause.checks)}; it fails {', '.join(others)}"
    elif others:
        yield f"fails {', '.join(others)} too, which this clause does not name"


def _name(exercise: str, change: Change) -> str:
    text = f"{change.line.strip()}\0{change.becomes.strip()}"
    return f"{exercise}/change-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


class ClauseReview:
    """An assignment's clauses beside its reference, or those of some exercises.

    It gives the `answers` to try beside mistakes and variants, hears of all that were tried, and
    then has the complaints. Raises ClausesUnreadable.
    """

    def __init__(
        self, checks_folder: Path, cells: Iterable[Cell], only: frozenset[str] = frozenset()
    ) -> None:
        self.clauses = read_clauses(checks_folder)
        sources = {cell.name: cell.source for cell in cells}
        asked = sorted(self.clauses.demanded & only if only else self.clauses.demanded)
        self._sources = {exercise: sources.get(exercise, "") for exercise in asked}
        self._mistakes = _names(mistakes(checks_folder))
        self._variants = _names(variants(checks_folder))
        self._tried = dict[str, Tried]()

    @property
    def exercises(self) -> list[str]:
        """Those whose clauses it reviews, by name."""
        return list(self._sources)

    def answers(self) -> list[Answer]:
        """The changed references: what is tried beside the files."""
        return [
            answer
            for exercise, source in self._sources.items()
            for answer in changed_references(exercise, source, self._own(exercise))
        ]

    def add(self, tried: Tried) -> None:
        self._tried[tried.answer.name] = tried

    def complaints(self) -> Iterator[tuple[str, list[str]]]:
        """By exercise, as `clauses/EXERCISE`, what is wrong with its clauses."""
        for exercise, source in self._sources.items():
            of_files = self._mistakes.get(exercise, set()), self._variants.get(exercise, set())
            yield (
                f"clauses/{exercise}",
                clause_faults(self.clauses, exercise, source, *of_files)
                + breaker_faults(exercise, source, self._own(exercise), self._tried),
            )

    def _own(self, exercise: str) -> Sequence[Clause]:
        return self.clauses.by_exercise.get(exercise, ())


def _names(answers: Iterable[Answer]) -> dict[str, set[str]]:
    found = dict[str, set[str]]()
    for answer in answers:
        found.setdefault(answer.exercise, set()).add(answer.path.stem)
    return found
