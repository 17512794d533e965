"""The records of outcomes and points, `checks.json`; standard library only.

Knows nothing of where results come from. A submission's `Report` starts with every check of the
assignment open. `close` is the only way to a total: a check that nothing was heard of is closed as
not run, with 0 points and a reason.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.files import write_whole

SCHEMA_VERSION = 1
# Numbers of a value that pages show: more are a wall of digits, which nobody compares by eye.
MOST_SHOWN = 64


class Outcome(StrEnum):
    """What became of one check. Code reads this; people read the sentences.

    `UNDECIDED` is a fault of the check: it could not judge this answer, so a person has to.
    """

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    DIED = "died"
    NOT_RUN = "not run"
    UNDECIDED = "undecided"


class Reader(StrEnum):
    """Who a sentence is for. A TA also reads what students read, an instructor everything."""

    STUDENT = "student"
    TA = "ta"
    INSTRUCTOR = "instructor"

    def may_read(self, sentence: Sentence, *, show_values: bool = False) -> bool:
        """`show_values` says whether the course shows the hidden values to everybody."""
        order = list(Reader)
        shown = show_values and sentence.holds_values
        return shown or order.index(sentence.reader) <= order.index(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence with the reader that it is written for.

    `holds_values` is true of one that shows what was expected beside what came.
    """

    text: str
    reader: Reader = Reader.STUDENT
    holds_values: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckId:
    """A check before it ran: its exercise, its name and its weight within the exercise."""

    exercise: str
    name: str
    weight: float = 1.0

    @property
    def title(self) -> str:
        """The check's name as words: `test_swaps_the_axes` is "swaps the axes"."""
        return self.name.removeprefix("test_").replace("_", " ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Observed:
    """One thing that a check observed of an answer: its kind, exactly, and numbers that tell it.

    In `checks.json` it is one line: the kind, " | ", the numbers.
    """

    kind: str
    values: tuple[float, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind} | {' '.join(f'{value:.6g}' for value in self.values)}"

    @classmethod
    def from_line(cls, line: str) -> Observed:
        """What `str` made a line of; raises ValueError."""
        kind, _, numbers = line.rpartition(" | ")
        return cls(kind=kind, values=tuple(float(number) for number in numbers.split()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A value as pages show it: `text` in words, "a tensor of shape (2, 3), float32" or "[1, 2]".

    `shape`, `dtype` and `device` are those of a tensor or array. `values` are its numbers in nested
    lists, None where it has none to show or too many; NaN and infinities are texts in them.
    """

    text: str
    shape: tuple[int, ...] = ()
    dtype: str = ""
    device: str = ""
    values: Any = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """What an answer gave on a public draw, beside what was expected of it.

    `call` is what was asked, `transpose(matrix)`, `inputs` what it was given, by the parameters'
    names; `fact` says what differs first, `seed` what the inputs were drawn with. `expected` and
    `actual` are None where the answer raised or the check compared nothing.
    """

    call: str
    fact: str
    seed: int
    inputs: tuple[tuple[str, Shown], ...] = ()
    expected: Shown | None = None
    actual: Shown | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckResult:
    """What one check found. `credit` is the share of its weight that was earned, 0 to 1.

    `gap` is what it found on the public draw, where that shows the fault. `observed` is what came
    back from the student's side, in order, of a check that was not passed; `kept` is what the check
    keeps for pages and reports, as data that JSON can hold. `near`: what came would have been taken
    as right, were the tolerance one step wider.
    """

    check: CheckId
    outcome: Outcome
    credit: float = 0.0
    sentences: tuple[Sentence, ...] = ()
    hint: str | None = None
    wall_s: float = 0.0
    observed: tuple[Observed, ...] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)
    gap: Gap | None = None
    near: bool = False

    def __post_init__(self) -> None:
        credit = self.credit if math.isfinite(self.credit) else 0.0
        earned = min(max(credit, 0.0), 1.0) if self.outcome is Outcome.PASSED else 0.0
        object.__setattr__(self, "credit", earned)

    def said_to(self, reader: Reader, *, show_values: bool = False) -> list[str]:
        """The sentences that this reader may see, in order."""
        return [s.text for s in self.sentences if reader.may_read(s, show_values=show_values)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """The known mistakes that an answer behaves like, the likest first, and the hint that fits.

    The names are for TAs; there are none where a slip in the code has a hint of its own. `hint` is
    None where several mistakes behave alike and nothing tells them apart.
    """

    mistakes: tuple[str, ...]
    hint: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExerciseResult:
    """One exercise: what its checks found and the points that follow from them."""

    exercise: str
    max_points: float
    checks: tuple[CheckResult, ...]
    diagnosis: Diagnosis | None = None

    @property
    def undecided(self) -> bool:
        """Whether a person has to grade this exercise, because a check of it could not."""
        return any(c.outcome is Outcome.UNDECIDED for c in self.checks)

    @property
    def points(self) -> float:
        """The weighted share of `max_points`, in 0…max_points, rounded to hundredths.

        An undecided exercise has none until a person has graded it.
        """
        total = sum(c.check.weight for c in self.checks)
        if self.undecided or not 0 < total < math.inf:
            return 0.0
        share = sum(c.check.weight * c.credit for c in self.checks) / total
        # Full credit is all points, also where these have more decimals than are kept.
        earned = self.max_points if share == 1 else round(share * self.max_points, 2)
        return min(max(earned, 0.0), self.max_points)


@dataclass(frozen=True, kw_only=True, slots=True)
class CellResult:
    """How a cell of the notebook ended: `status` is `ok`, `error`, `timeout` or `died`.

    `why` names the limit that ended the kernel, where one did.
    """

    name: str
    status: str
    wall_s: float = 0.0
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One submission graded. `notes` concern the submission as a whole, `cells` what was run.

    `for_page` is what was told of an exercise for pages, before anything hidden was asked.
    """

    assignment: str
    exercises: tuple[ExerciseResult, ...]
    notes: tuple[Sentence, ...] = ()
    cells: tuple[CellResult, ...] = ()
    for_page: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    wall_s: float = 0.0

    @property
    def points(self) -> float:
        return round(sum(e.points for e in self.exercises), 2)

    @property
    def max_points(self) -> float:
        return round(sum(e.max_points for e in self.exercises), 2)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The exercises that a person has to grade."""
        return tuple(e.exercise for e in self.exercises if e.undecided)

    def exercise(self, name: str) -> ExerciseResult:
        """The result of one exercise; KeyError where the assignment has none of that name."""
        for result in self.exercises:
            if result.exercise == name:
                return result
        raise KeyError(name)


def close(
    assignment: str,
    max_points: Mapping[str, float],
    expected: Iterable[CheckId],
    found: Mapping[tuple[str, str], CheckResult],
    *,
    reason: str,
    unheard: Outcome = Outcome.NOT_RUN,
    notes: Iterable[Sentence] = (),
    cells: Iterable[CellResult] = (),
    for_page: Mapping[str, Mapping[str, Any]] | None = None,
    wall_s: float = 0.0,
) -> Report:
    """The report of a submission: every expected check, heard of or not.

    `max_points` maps each graded exercise to its points; `found` maps (exercise, check name) to a
    result; `reason` is said of each check that nothing was heard of, which ends as `unheard`. An
    exercise without any check is 0 points with a reason, never full marks. Raises KeyError for an
    expected check of an exercise that has no points: whoever ran the checks has refused it before.
    """
    by_exercise: dict[str, list[CheckResult]] = {name: [] for name in max_points}
    for check in expected:
        heard = found.get((check.exercise, check.name))
        by_exercise[check.exercise].append(heard or _not_run(check, reason, unheard))
    for name, checks in by_exercise.items():
        if not checks:
            missing = CheckId(exercise=name, name="test_nothing")
            checks.append(_not_run(missing, "This exercise has no check: tell your instructor."))
    exercises = tuple(
        ExerciseResult(exercise=name, max_points=max_points[name], checks=tuple(checks))
        for name, checks in by_exercise.items()
    )
    return Report(
        assignment=assignment,
        exercises=exercises,
        notes=tuple(notes),
        cells=tuple(cells),
        for_page=dict(for_page or {}),
        wall_s=wall_s,
    )


def _not_run(check: CheckId, reason: str, outcome: Outcome = Outcome.NOT_RUN) -> CheckResult:
    return CheckResult(check=check, outcome=outcome, sentences=(Sentence(text=reason),))


def to_json(report: Report) -> dict[str, Any]:
    """The report as the plain data of `checks.json`; docs/checks-json.md defines every key."""
    data = dataclasses.asdict(report)
    data["schema_version"] = SCHEMA_VERSION
    data["points"], data["max_points"] = report.points, report.max_points
    for plain, exercise in zip(data["exercises"], report.exercises, strict=True):
        plain["points"], plain["undecided"] = exercise.points, exercise.undecided
        for plain_check, check in zip(plain["checks"], exercise.checks, strict=True):
            plain_check["observed"] = [str(line) for line in check.observed]
    return data


def from_json(data: Mapping[str, Any]) -> Report:
    """The report that `to_json` was given; raises ValueError on anything else."""
    schema = data.get("schema_version") if isinstance(data, Mapping) else None
    if schema != SCHEMA_VERSION:
        raise ValueError(f"checks.json has schema {schema}, not {SCHEMA_VERSION}")
    try:
        return Report(
            assignment=data["assignment"],
            exercises=tuple(_exercise(e) for e in data["exercises"]),
            notes=_sentences(data["notes"]),
            cells=tuple(CellResult(**cell) for cell in data.get("cells", ())),
            for_page=data.get("for_page", {}),
            wall_s=data["wall_s"],
        )
    except (KeyError, TypeError) as problem:
        raise ValueError(f"checks.json is not complete: {problem}") from problem


# In a class the same checks and the same lines come again and again.
_check_id = functools.lru_cache(maxsize=10_000)(CheckId)
_observed = functools.lru_cache(maxsize=10_000)(Observed.from_line)


def _exercise(data: Mapping[str, Any]) -> ExerciseResult:
    checks = tuple(
        CheckResult(
            check=_check_id(**c["check"]),
            outcome=Outcome(c["outcome"]),
            credit=c["credit"],
            sentences=_sentences(c["sentences"]),
            hint=c["hint"],
            wall_s=c["wall_s"],
            observed=tuple(map(_observed, c["observed"])),
            kept=c.get("kept", {}),
            gap=_gap(c.get("gap")),
            near=c.get("near", False),
        )
        for c in data["checks"]
    )
    return ExerciseResult(
        exercise=data["exercise"],
        max_points=data["max_points"],
        checks=checks,
        diagnosis=_diagnosis(data["diagnosis"]),
    )


def _gap(data: Mapping[str, Any] | None) -> Gap | None:
    if data is None:
        return None
    return Gap(
        call=data["call"],
        fact=data["fact"],
        seed=data["seed"],
        inputs=tuple((name, shown_from(one)) for name, one in data["inputs"]),
        expected=shown_from(data["expected"]) if data["expected"] is not None else None,
        actual=shown_from(data["actual"]) if data["actual"] is not None else None,
    )


def shown_from(data: Mapping[str, Any]) -> Shown:
    """The value that was made plain data of; raises KeyError or TypeError on anything else."""
    return Shown(**{**data, "shape": tuple(data["shape"])})


def _diagnosis(data: Mapping[str, Any] | None) -> Diagnosis | None:
    return None if data is None else Diagnosis(mistakes=tuple(data["mistakes"]), hint=data["hint"])


def _sentences(data: Iterable[Mapping[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence(**{**s, "reader": Reader(s["reader"])}) for s in data)


def write(report: Report, path: Path) -> None:
    """Writes `checks.json` so that a reader sees the old file or the new one, never a part."""
    write_whole(path, json.dumps(to_json(report), indent=1))


def read(path: Path) -> Report:
    """The report in a `checks.json`; raises ValueError where it is not one."""
    return from_json(json.loads(path.read_text(encoding="utf-8")))


def accuracy_in(kept: Mapping[str, Any]) -> float | None:
    """The accuracy that a check has kept: as `accuracy`, or read off its `confusion`."""
    given = kept.get("accuracy")
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= 1:
        return float(given)
    rows = kept.get("confusion")
    if not isinstance(rows, list) or not all(_is_row(row, len(rows)) for row in rows):
        return None
    total = math.fsum(math.fsum(row) for row in rows)
    right = math.fsum(row[place] for place, row in enumerate(rows))
    return right / total if total > 0 else None


def _is_row(row: Sequence[Any], size: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == size
        and all(isinstance(count, int | float) and count >= 0 for count in row)
    )
