"""What a class has not understood, in sentences: what cost it the most points comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from autograder.feedback.block import points
from autograder.report.alike import Misconception
from autograder.report.numbers import Item, Numbers

_MOST_REASONS: Final = 3
_MOST_NAMED: Final = 2
_FEWEST_ALIKE: Final = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """An exercise in which points were lost: by `students` of `of`, and what they have in common.

    `points_lost` is what it cost the class in all: the students, times what each of them lost.
    `symptom` says of the most frequent known mistake what is wrong.
    """

    assignment: str
    exercise: str
    students: int
    of: int
    points_lost: float
    reasons: tuple[str, ...] = ()
    symptom: str = ""

    @property
    def share(self) -> float:
        return self.students / self.of if self.of else 0.0

    @property
    def why(self) -> str:
        """What they have in common, as half a sentence; "" where nothing is known."""
        return "; ".join(self.reasons)

    @property
    def sentence(self) -> str:
        start = f"{self.students} of {self.of} lost points in {self.exercise}"
        said = f"{start}; {self.why}." if self.reasons else f"{start}."
        return f"{said} {self.symptom}".rstrip()


def findings_of(numbers: Numbers) -> list[Finding]:
    """Each exercise that cost points, what cost the class the most first."""
    found = [
        Finding(
            assignment=numbers.assignment,
            exercise=item.exercise,
            students=item.lost,
            of=item.answers,
            points_lost=item.points_lost,
            reasons=tuple(_reasons(item, numbers)),
            symptom=next((one.symptom for one in _mistakes_in(item.exercise, numbers)), ""),
        )
        for item in numbers.exercises
        if item.lost
    ]
    return sorted(found, key=lambda one: (-one.points_lost, -one.students, one.exercise))


def _reasons(item: Item, numbers: Numbers) -> list[str]:
    """What several have in common, the most frequent first."""
    name = item.exercise
    alike = sum(
        one.students
        for one in numbers.unnamed
        if one.exercise == name and one.students >= _FEWEST_ALIKE
    )
    places = (f"cell {name}", f"checks of {name}")
    stopped = max((count for place, _, count in numbers.limits if place in places), default=0)
    left_open = numbers.left_open.get(name, 0)
    found = [
        _named(_mistakes_in(name, numbers)),
        (alike, f"{alike} share mistakes that have no name yet"),
        (left_open, f"{left_open} left it open"),
        (stopped, f"{stopped} ran into a limit"),
    ]
    said = [words for count, words in sorted(found, key=lambda one: -one[0]) if count]
    others = _others(item, numbers)
    # Last, however many: what nobody shares is nothing that the class has not understood.
    return [*said[:_MOST_REASONS], *([others] if others else [])]


def _others(item: Item, numbers: Numbers) -> str:
    """How many lost points by a known mistake that the sentence leaves out, or by one of their own;
    "" where there is nobody.
    """
    name, told = item.exercise, _mistakes_in(item.exercise, numbers)
    known = [one for one in numbers.misconceptions if one.exercise == name and one not in told]
    unnamed = [one for one in numbers.unnamed if one.exercise == name]
    count = sum(one.students for one in known)
    count += sum(one.students for one in unnamed if one.students < _FEWEST_ALIKE)
    return f"{count} erred in other ways" if count else ""


def _mistakes_in(exercise: str, numbers: Numbers) -> list[Misconception]:
    """The known mistakes that stand in the sentence: what one student does is none of the class."""
    found = [one for one in numbers.misconceptions if one.exercise == exercise]
    shared = [one for one in found if one.students >= _FEWEST_ALIKE]
    return shared[:_MOST_NAMED] or found[:1]


def _named(found: Sequence[Misconception]) -> tuple[int, str]:
    if not found:
        return 0, ""
    first, *others = found
    verb = "answers" if first.students == 1 else "answer"
    more = "".join(f", {one.students} like “{one.title}”" for one in others)
    return first.students, f"{first.students} of them {verb} like “{first.title}”{more}"


def understood(numbers: Numbers) -> list[str]:
    """The exercises in which nobody lost points and nobody waits for a person."""
    items = numbers.exercises
    return [one.exercise for one in items if one.answers and not one.lost and not one.waiting]


def summary(numbers: Numbers) -> str:
    """How many were graded and how they did, as a sentence or two."""
    parts = [f"{numbers.graded} graded"]
    wait = "waits" if numbers.waiting == 1 else "wait"
    parts += [f"{numbers.waiting} of them {wait} for a person"] if numbers.waiting else []
    parts += [f"{numbers.not_graded} not graded yet"] if numbers.not_graded else []
    parts += [f"{numbers.silent} handed in nothing"] if numbers.silent else []
    said = f"{', '.join(parts)}."
    if numbers.quartiles is None:
        return said
    low, middle, high = numbers.quartiles
    worth = points(numbers.max_points)
    return (
        f"{said} Half of the class has {middle:.0%} or more of the {worth} points; "
        f"the middle half lies between {low:.0%} and {high:.0%}."
    )


def promise(numbers: Numbers) -> str:
    """Our own promise, measured: who passed all visible checks should lose no points."""
    passed = sum(one.passed for one in numbers.promises)
    lost = sum(one.lost for one in numbers.promises)
    if not passed:
        return "No notebook was saved with its visible checks run and passed: this is not known."
    return (
        f"{passed} answers had passed every visible check at home, as the notebooks were saved. "
        f"{lost} of them lost points here ({lost / passed:.1%})."
    )
