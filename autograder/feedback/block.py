"""The block of HTML that stands below an exercise, and the lines that a terminal shows."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from autograder.results import (
    CheckResult,
    ExerciseResult,
    Outcome,
    Reader,
    Report,
)

_MARKS = {
    Outcome.PASSED: ("✓", "#1a7f37"),
    Outcome.FAILED: ("✗", "#b42318"),
    Outcome.ERROR: ("✗", "#b42318"),
    Outcome.TIMEOUT: ("✗", "#b42318"),
    Outcome.DIED: ("✗", "#b42318"),
    Outcome.NOT_RUN: ("–", "#57606a"),
    Outcome.UNDECIDED: ("?", "#9a6700"),
}
_BOX = (
    "border-left:4px solid {color};padding:.4em .9em;margin:.4em 0;background:#f6f8fa;color:#1f2328"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Audience:
    """Who reads, and what the course shows them."""

    reader: Reader = Reader.STUDENT
    show_hints: bool = True
    show_values: bool = False

    def is_told(self, check: CheckResult) -> list[str]:
        """A check's sentences for this reader, in order."""
        return check.said_to(self.reader, show_values=self.show_values)


STUDENT = Audience()


def points(value: float) -> str:
    """Points without a needless fraction: 2, 1.5, 0.67."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def score_line(result: ExerciseResult) -> str:
    """The exercise's points as a sentence: `transpose: 1.5 of 3 points`."""
    unit = "point" if result.max_points == 1 else "points"
    if result.undecided:
        return f"{result.exercise}: a person will grade this, {points(result.max_points)} {unit}"
    return f"{result.exercise}: {points(result.points)} of {points(result.max_points)} {unit}"


def exercise_html(result: ExerciseResult, audience: Audience = STUDENT) -> str:
    """The block below an exercise: its points, then each check with its fact and hint."""
    color = "#1a7f37" if result.points >= result.max_points else "#b42318"
    color = _MARKS[Outcome.UNDECIDED][1] if result.undecided else color
    named = audience.show_hints and result.diagnosis is not None and result.diagnosis.hint
    # The hint that fits the whole answer stands for those of the single checks.
    reasons = [_reason_html(check, audience, hints=not named) for check in result.checks]
    once = _said_by_all([r for r, c in zip(reasons, result.checks, strict=True) if c.credit < 1])
    rows = "".join(
        _check_html(check, "" if reason == once else reason)
        for check, reason in zip(result.checks, reasons, strict=True)
    )
    hint = once + (f"<div><em>Hint: {escape(str(named))}</em></div>" if named else "")
    return (
        f'<div class="autograder-report" style="{_BOX.format(color=color)}">'
        f"<strong>{escape(score_line(result))}</strong>{hint}"
        f'<ul style="list-style:none;padding-left:0;margin:.3em 0">{rows}</ul></div>'
    )


def _said_by_all(reasons: list[str]) -> str:
    """What each of several lost checks says, "" where they differ: it is enough to say it once."""
    return reasons[0] if len(reasons) > 1 and len(set(reasons)) == 1 else ""


def _reason_html(check: CheckResult, audience: Audience, *, hints: bool) -> str:
    said = "".join(f"<div>{escape(text)}</div>" for text in audience.is_told(check))
    if check.hint and hints and audience.show_hints and check.credit < 1:
        return f"{said}<div><em>Hint: {escape(check.hint)}</em></div>"
    return said


def _check_html(check: CheckResult, reason: str) -> str:
    mark, color = _MARKS[check.outcome]
    share = "" if check.credit in (0.0, 1.0) else f" ({check.credit:.0%} of it)"
    return (
        f'<li style="margin:.2em 0"><span style="color:{color}" aria-hidden="true">{mark}</span> '
        f"{escape(check.check.title)}: {escape(check.outcome.value)}{share}"
        f'<div style="padding-left:1.2em">{reason}</div></li>'
    )


def _likeness(result: ExerciseResult) -> str:
    """For TAs: the names of the known mistakes that an answer behaves like."""
    if result.diagnosis is None or not result.diagnosis.mistakes:
        return ""
    return f" (like {', '.join(name.split('/')[-1] for name in result.diagnosis.mistakes)})"


def heaviest_first(check: CheckResult) -> float:
    """The key that puts the checks that cost the most before the others."""
    return -check.check.weight * (1 - check.credit)


def _first(check: CheckResult) -> tuple[bool, float]:
    return check.outcome is not Outcome.UNDECIDED, heaviest_first(check)


def first_words(check: CheckResult, reader: Reader) -> str:
    """What a reader is told of a check first: of one that could not judge, a TA what it raised."""
    said = check.said_to(reader)
    if check.outcome is Outcome.UNDECIDED:
        said = said[1:] or said
    return next(iter(said), check.outcome.value)


def reasons(report: Report, reader: Reader = Reader.STUDENT) -> list[str]:
    """Why points were lost, a line for each exercise that lost some, then the notes.

    Where one reason stands behind all of them, it is the only line.
    """
    notes = [note.text for note in report.notes if reader.may_read(note)]
    checks = [check for result in report.exercises for check in result.checks]
    said = {tuple(check.said_to(reader)) for check in checks}
    outcomes = {check.outcome for check in checks}
    if len(said) == 1 and outcomes in ({Outcome.NOT_RUN}, {Outcome.UNDECIDED}):
        return list(said.pop())
    lines = []
    for result in report.exercises:
        lost = sorted((c for c in result.checks if c.credit < 1), key=_first)
        if lost:
            first = first_words(lost[0], reader)
            like = _likeness(result) if reader is not Reader.STUDENT else ""
            lines.append(f"{score_line(result)} – {lost[0].check.title}: {first}{like}")
    return lines + notes
