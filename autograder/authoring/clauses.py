"""Each word that an exercise's docstrings promise, matched with the checks that test it and with an
answer that breaks only it: the literal `CLAUSES` of a check file.

Read here, and compared with the docstrings; what the answers get is asked in `clause_breakers`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from autograder.authoring.docstrings import Word, words_of
from autograder.course.check_parts import CLAUSES, checks_by_exercise, clauses_in
from autograder.errors import KitError, UnknownName

_LEAST_REASON: Final = 15
_KEYS: Final = (
    {"text", "checks", "broken_by"},
    {"text", "checks", "allowed_by"},
    {"text", "allowed_by"},
    {"text", "why_none"},
)
_ENDS: Final = ",;:."


class ClausesUnreadable(KitError):
    """Clauses that are not written as they must be."""

    exit_code = 2

    def __init__(self, path: Path, line: int, fact: str, mend: str) -> None:
        super().__init__(f"{path.parent.name}/{path.name}, line {line}: {fact}.", mend)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Lines of the reference, and what stands in their place."""

    line: str
    becomes: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """Words of a docstring, and what holds them.

    `broken_by` is a mistake's name or a change of the reference; `allowed_by` names a variant that
    does what these words allow. Both are None where `why_none` says why nothing can test them.
    """

    where: str
    text: str
    checks: tuple[str, ...] = ()
    broken_by: str | Change | None = None
    allowed_by: str | None = None
    why_none: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clauses:
    """What an assignment's check files say: clauses and names of checks, by exercise. `demanded`
    are the exercises with a check in a file that has clauses: each must have an entry.
    """

    by_exercise: Mapping[str, tuple[Clause, ...]]
    checks: Mapping[str, tuple[str, ...]]
    demanded: frozenset[str]


def read_clauses(checks_folder: Path) -> Clauses:
    """The clauses of an assignment, which runs nothing of its files.

    Raises ClausesUnreadable for what is not written as it must be, with its file and line.
    """
    found, checks, demanded = dict[str, tuple[Clause, ...]](), dict[str, list[str]](), set[str]()
    for path in sorted(checks_folder.glob("test_*.py")):
        source = path.read_bytes()
        try:
            nodes, here = clauses_in(source), checks_by_exercise(source)
        except SyntaxError as problem:
            line = problem.lineno or 1
            raise ClausesUnreadable(path, line, "it is not Python", "Correct it.") from problem
        for exercise, names in here.items():
            checks.setdefault(exercise, []).extend(names)
        for exercise, line, clauses in (one for node in nodes for one in _entries(path, node)):
            if exercise in found:
                fact, mend = f"{exercise} has two entries in {CLAUSES}", "Make one of them."
                raise ClausesUnreadable(path, line, fact, mend)
            found[exercise] = clauses
        if nodes:
            demanded |= here.keys()
    return Clauses(
        by_exercise=found,
        checks={exercise: tuple(names) for exercise, names in checks.items()},
        demanded=frozenset(demanded | found.keys()),
    )


def _entries(path: Path, node: ast.expr) -> Iterator[tuple[str, int, tuple[Clause, ...]]]:
    """Each exercise of a file's literal, its line, and its clauses."""
    if not isinstance(node, ast.Dict):
        mend = f'Write {CLAUSES} = {{"EXERCISE": [{{"text": …}}]}}.'
        raise ClausesUnreadable(path, node.lineno, f"{CLAUSES} is not a dict", mend)
    for key, value in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            line = (key or value).lineno
            fact = f"a key of {CLAUSES} is not a text"
            raise ClausesUnreadable(path, line, fact, "Write the name of an exercise.")
        if not isinstance(value, ast.List):
            fact = f"the clauses of {key.value} are not a list"
            raise ClausesUnreadable(path, value.lineno, fact, 'Write [{"text": …}, …].')
        yield key.value, key.lineno, tuple(_clause(path, one) for one in value.elts)


def _clause(path: Path, node: ast.expr) -> Clause:
    def wrong(fact: str) -> ClausesUnreadable:
        mend = (
            'Write {"text": …, "checks": […], "broken_by": …}, {"text": …, "allowed_by": …} or '
            '{"text": …, "why_none": …}.'
        )
        return ClausesUnreadable(path, node.lineno, fact, mend)

    try:
        data = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError) as problem:
        raise wrong("a clause is not plain data") from problem
    if not isinstance(data, dict) or set(data) not in _KEYS:
        raise wrong("a clause has other keys than it may have")
    if not _is_text(data["text"]):
        raise wrong("the text of a clause is not words")
    checks = data.get("checks", [])
    if not isinstance(checks, list) or not all(map(_is_text, checks)):
        raise wrong("the checks of a clause are not a list of names")
    if "checks" in data and not checks:
        raise wrong("a clause names no check")
    return Clause(
        where=f"{path.name}, line {node.lineno}",
        text=" ".join(data["text"].split()),
        checks=tuple(checks),
        broken_by=_breaker(data["broken_by"], wrong) if "broken_by" in data else None,
        allowed_by=_in_folder("variants", data["allowed_by"], wrong)
        if "allowed_by" in data
        else None,
        why_none=_reason(data["why_none"], wrong) if "why_none" in data else "",
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _breaker(value: Any, wrong: Any) -> str | Change:
    if not isinstance(value, dict):
        return _in_folder("mistakes", value, wrong)
    if set(value) != {"line", "becomes"} or not all(isinstance(one, str) for one in value.values()):
        raise wrong('a change is not {"line": …, "becomes": …}')
    if not value["line"].strip():
        raise wrong("the line of a change has no words")
    return Change(line=value["line"], becomes=value["becomes"])


def _in_folder(folder: str, value: Any, wrong: Any) -> str:
    name = value.removeprefix(f"{folder}/") if isinstance(value, str) else ""
    if not name or name == value:
        raise wrong(f"what is named is not {folder}/NAME")
    return name


def _reason(value: Any, wrong: Any) -> str:
    if not isinstance(value, str) or len(value.strip()) < _LEAST_REASON:
        raise wrong(f"why_none has fewer than {_LEAST_REASON} letters")
    return value.strip()


def clause_faults(
    clauses: Clauses, exercise: str, source: str, mistakes: set[str], variants: set[str]
) -> list[str]:
    """What is wrong with an exercise's clauses, found without trying anything.

    `source` is the reference's cell; `mistakes` and `variants` are the names of the exercise's.
    """
    own = clauses.by_exercise.get(exercise, ())
    if not own:
        return [f"{exercise} has no entry in {CLAUSES}"]
    checks = clauses.checks.get(exercise, ())
    found = [*_words_apart(exercise, own, words_of(source))]
    for clause in own:
        for name in clause.checks:
            if name not in checks:
                found.append(f"{clause.where}: {UnknownName('check', name, checks)}")
        for kind, answer, known in (
            ("mistake", clause.broken_by, mistakes),
            ("variant", clause.allowed_by, variants),
        ):
            if isinstance(answer, str) and answer not in known:
                found.append(f"{clause.where}: {UnknownName(kind, answer, known)}")
    named = {name for clause in own for name in clause.checks}
    return found + [f"{exercise}: no clause names {name}" for name in checks if name not in named]


def _words_apart(exercise: str, clauses: Sequence[Clause], words: Sequence[Word]) -> Iterator[str]:
    """Texts that no docstring has, and words that no text has."""
    free = [True] * len(words)
    after = 0
    for clause in clauses:
        texts = clause.text.split()
        places = [*range(after, len(words)), *range(after)]
        at = next((one for one in places if _stands(texts, words, free, one)), None)
        if at is None:
            yield f'{clause.where}: the docstring does not say "{clause.text}", or not once more'
            continue
        after = at + len(texts)
        free[at:after] = [False] * len(texts)
    missing = list[Word]()
    for word, is_free in [*zip(words, free, strict=True), (None, False)]:
        if word is not None and is_free:
            missing.append(word)
            continue
        while missing and missing[-1].is_name:
            missing.pop()
        if any(not one.is_name for one in missing):
            yield f'{exercise}: no clause has the words "{" ".join(one.text for one in missing)}"'
        missing = []


def _stands(texts: Sequence[str], words: Sequence[Word], free: Sequence[bool], at: int) -> bool:
    """Whether these words stand at this place, and no other clause has them."""
    here = words[at : at + len(texts)]
    if len(here) < len(texts) or not all(free[at : at + len(texts)]):
        return False
    last = len(texts) - 1
    return here[0].docstring == here[-1].docstring and all(
        text == word.text
        or ((word.is_name or place == last) and text.rstrip(_ENDS) == word.text.rstrip(_ENDS))
        for place, (text, word) in enumerate(zip(texts, here, strict=True))
    )
