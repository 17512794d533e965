"""Which known mistake an answer behaves like, from what the checks observed of both.

A fingerprint is what an exercise's checks found of an answer under the run's seed: the outcome of
each, and what came back during each that was not passed. Two answers with the same fingerprint
behave alike, whatever their code.
"""

from __future__ import annotations

import ast
import difflib
import functools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.results import CheckResult, Diagnosis, ExerciseResult, Outcome

_RELATIVE, _ABSOLUTE = 1e-3, 1e-5
# A mistake that reads memory nobody has filled does not repeat its own values in every check. Of
# the checks that were lost, so many must agree in values too, and the others in kinds.
# (Tried without this bound, on mistakes whose own file was left out: most hints were wrong.)
_AGREE_IN_VALUES = 0.75
# How much more alike the code of one mistake must be than that of the next, to tell them apart.
_MARGIN = 0.08
_MAX_SOURCE = 20_000
_DEVICE = re.compile(r"\bdevice (cuda|mps|xpu|cpu):[0-9]{1,2}\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownMistake:
    """A mistake with its hint, its code, and what the checks found of it under the run's seed."""

    name: str
    hint: str
    code: str
    checks: tuple[CheckResult, ...]


def is_wrong(result: ExerciseResult) -> bool:
    """Whether there is something to diagnose: points were lost by an answer that was given."""
    return any(
        check.outcome in (Outcome.FAILED, Outcome.ERROR)
        and check.observed
        and not _unanswered(check)
        for check in result.checks
    )


def _unanswered(check: CheckResult) -> bool:
    return any(
        line.kind == "raised NotImplementedError: " or line.kind.startswith("no ")
        for line in check.observed
    )


def match(result: ExerciseResult, source: str, known: Sequence[KnownMistake]) -> Diagnosis | None:
    """The mistakes that an answer behaves like, and the hint of theirs that fits, if one does.

    Where they have different hints, the answer's code decides, if it is clearly more like that of
    one of them; else there is no hint: a wrong one said with confidence is worse than none.
    """
    found = [m for m in known if same(result.checks, m.checks)]
    found = found or [m for m in known if _near(result.checks, m.checks)]
    if not found:
        return None
    likest = _likest(source, found)
    order = sorted(found, key=lambda m: m is not likest)
    hint = likest.hint if likest is not None else None
    return Diagnosis(mistakes=tuple(m.name for m in order), hint=hint)


def same(mine: Sequence[CheckResult], other: Sequence[CheckResult]) -> bool:
    """Whether two answers to an exercise have the same fingerprint, but for float noise."""
    pairs = _lost_pairs(mine, other)
    return pairs is not None and all(_same_observed(a, b) for a, b in pairs)


def _near(mine: Sequence[CheckResult], other: Sequence[CheckResult]) -> bool:
    pairs = _lost_pairs(mine, other)
    if not pairs or not all(_same_kinds(a, b) for a, b in pairs):
        return False
    return sum(_same_observed(a, b) for a, b in pairs) >= _AGREE_IN_VALUES * len(pairs)


def _lost_pairs(
    mine: Sequence[CheckResult], other: Sequence[CheckResult]
) -> list[tuple[CheckResult, CheckResult]] | None:
    """The checks that both answers lost, side by side; None where they lost different ones."""
    theirs = {check.check.name: check for check in other}
    if theirs.keys() != {check.check.name for check in mine}:
        return None
    pairs = [(check, theirs[check.check.name]) for check in mine]
    if any(a.outcome is not b.outcome or (a.credit < 1) != (b.credit < 1) for a, b in pairs):
        return None
    return [(a, b) for a, b in pairs if a.credit < 1]


def _same_observed(mine: CheckResult, other: CheckResult) -> bool:
    return _same_kinds(mine, other) and all(
        _close(a.values, b.values) for a, b in zip(mine.observed, other.observed, strict=True)
    )


def _same_kinds(mine: CheckResult, other: CheckResult) -> bool:
    return [_told(line.kind) for line in mine.observed] == [
        _told(line.kind) for line in other.observed
    ]


@functools.cache
def _device_texts() -> dict[str, str]:
    """How a line shows a device's name as a text, and what stands for it."""
    # Imports torch, which whoever only reads results does without.
    from autograder.namespace.observed import observed

    return {
        observed("", f"{kind}{index}").kind.strip(): f"device {kind}"
        for kind in ("cuda", "mps", "xpu", "cpu")
        for index in ("", ":0", ":1")
    }


# A class is compared with each mistake: the same lines come again and again.
@functools.lru_cache(maxsize=10_000)
def _told(kind: str) -> str:
    """A kind without how a device is named: as a torch.device or a text, with an index or not."""
    for text, kind_of_device in _device_texts().items():
        kind = kind.replace(text, kind_of_device)
    return _DEVICE.sub(r"device \1", kind)


def _close(mine: Sequence[float], other: Sequence[float]) -> bool:
    return len(mine) == len(other) and all(
        (math.isnan(a) and math.isnan(b))
        or math.isclose(a, b, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
        for a, b in zip(mine, other, strict=True)
    )


def _likest(source: str, found: Sequence[KnownMistake]) -> KnownMistake | None:
    """The mistake whose hint fits: the only one, or the one whose code is clearly the likest."""
    if len({mistake.hint for mistake in found}) == 1:
        return found[0]
    scores = likeness(source, [mistake.code for mistake in found])
    ranked = sorted(zip(scores, range(len(found)), strict=True), reverse=True)
    best, place = ranked[0]
    next_best = max(score for score, other in ranked if found[other].hint != found[place].hint)
    word_for_word = best == 1 and next_best < 1
    return found[place] if word_for_word or best - next_best >= _MARGIN else None


def words_of(source: str) -> list[str]:
    """The names and constants that code uses, in order, without the names of its own making."""
    try:
        tree = ast.parse(source[:_MAX_SOURCE])
        return list(_words(tree, _own_names(tree)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _own_names(tree: ast.AST) -> set[str]:
    own = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    arguments = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    return own - arguments


def _words(node: ast.AST, own: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield repr(node.value)[:20]
    elif isinstance(node, ast.Name) and node.id not in own:
        yield node.id
    elif isinstance(node, ast.operator | ast.Return | ast.With | ast.For | ast.Slice):
        yield type(node).__name__
    for child in ast.iter_child_nodes(node):
        yield from _words(child, own)
    if isinstance(node, ast.Attribute):
        yield node.attr


def likeness(source: str, codes: Sequence[str]) -> list[float]:
    """How alike code is to each of several codes that behave alike, 0 to 1.

    Half of it is the order of all words, half is the words that some of the codes have and some
    have not.
    """
    mine, theirs = words_of(source), [words_of(code) for code in codes]
    common = set.intersection(*map(set, theirs)) if theirs else set()
    telling = set().union(*theirs) - common
    result = []
    for words in theirs:
        order = difflib.SequenceMatcher(None, mine, words, autojunk=False).ratio()
        agree = sum((word in mine) == (word in words) for word in telling)
        result.append((order + agree / max(len(telling), 1)) / 2)
    return result
