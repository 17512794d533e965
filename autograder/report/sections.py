"""What a report shows, section by section: sentences, pictures, answers, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from autograder.feedback.block import points
from autograder.report import pictures, tables
from autograder.report.alike import Misconception, Unnamed, in_words
from autograder.report.earlier import Changes
from autograder.report.facts import Facts, When
from autograder.report.findings import promise
from autograder.report.numbers import Numbers
from autograder.report.tables import Naming, Table, by_name

_OPEN_CARDS: Final = 6
_FEWEST_OF_A_GROUP: Final = 2
_DISCRIMINATION: Final = (
    "Discrimination is the correlation between an item and the rest of the points: near 0 or below "
    "it, who is good elsewhere does no better here, so look at the item itself."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An assignment as it is reported: the facts, the numbers, what has changed."""

    facts: Facts
    numbers: Numbers
    changes: Changes


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture with the words that stand for it."""

    svg: str
    label: str

    @property
    def markup(self) -> Markup:
        """The picture as the page holds it."""
        named = f'<svg role="img" aria-label="{escape(self.label)}" '
        # Our own picture: matplotlib escapes the texts in it.
        return Markup(self.svg.replace("<svg ", named, 1))  # noqa: S704


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What several answers have in common, with one of them and what to do about it."""

    title: str
    said: str
    code: str = ""
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading and what stands below it; tables are folded."""

    heading: str
    said: tuple[str, ...] = ()
    picture: Picture | None = None
    cards: tuple[Card, ...] = ()
    more_cards: tuple[Card, ...] = ()
    tables: tuple[Table, ...] = ()
    open_table: Table | None = None


def sections_of(told: Told, name: str, anonymous: bool) -> Iterator[Section]:
    numbers = told.numbers
    if told.changes.since is not None:
        yield _changes(told.changes)
    yield _totals(numbers, name)
    if numbers.exercises:
        yield _who_lost_what(told, name, anonymous, "exercise")
        yield _exercises(numbers, name)
    yield from _mistakes(numbers)
    yield from _groups(numbers)
    yield Section(
        heading="Passed at home, lost points here",
        said=(promise(numbers),),
        tables=(tables.promises(numbers),),
    )
    yield from _models(numbers, name)
    yield from _lateness(numbers)
    if numbers.limits:
        yield Section(heading="Limits that were hit", open_table=tables.limits(numbers))


def sections_of_course(whole: Told, anonymous: bool) -> Iterator[Section]:
    if whole.changes.since is not None:
        yield _changes(whole.changes)
    yield _totals(whole.numbers, "c")
    yield _who_lost_what(whole, "c", anonymous, "assignment")
    yield Section(
        heading="Assignments by difficulty",
        said=(_DISCRIMINATION,),
        picture=Picture(
            svg=pictures.difficulty(whole.numbers.exercises, "c-difficulty"),
            label="Each assignment with the mean share of its points, the hardest at the top.",
        ),
        tables=(tables.exercises(whole.numbers, "assignment"),),
    )


def _changes(changes: Changes) -> Section:
    since = f"{changes.since:%d %B %Y, %H:%M} UTC".lstrip("0") if changes.since else ""
    if not changes.changes:
        return Section(heading="Since the last report", said=(f"Nothing since {since}.",))
    return Section(
        heading="Since the last report",
        said=(f"The last report is of {since}.",),
        open_table=tables.changes(changes),
    )


def _totals(numbers: Numbers, name: str) -> Section:
    counts = ", ".join(
        f"{share}: {count}" for share, count in tables.distribution(numbers).rows if count
    )
    return Section(
        heading="Totals",
        picture=Picture(
            svg=pictures.histogram(numbers, f"{name}-totals"),
            label=f"How many students have which share of the points. {counts}.",
        ),
        tables=(tables.distribution(numbers),),
    )


def _who_lost_what(told: Told, name: str, anonymous: bool, column: str) -> Section:
    facts, numbers = told.facts, told.numbers
    naming: Naming = tables.anonymous(tables.ordered(facts)) if anonymous else by_name
    hardest = tables.by_ease(numbers)[::-1][:3]
    return Section(
        heading="Who lost what",
        said=(
            f"A row is a student, the best total at the top, a column an {column}. The longer a "
            "bar, the more points were lost; a ring: it waits for a person; a cross: there is "
            "nothing.",
        ),
        picture=Picture(
            svg=pictures.heat_map(facts, numbers, f"{name}-map"),
            label=f"{len(facts.submissions)} students by {len(facts.exercises)} {column}s, with a "
            f"bar for what was lost. Most was lost in {', '.join(hardest)}.",
        ),
        tables=(tables.students(facts, numbers, naming, column),),
    )


def _exercises(numbers: Numbers, name: str) -> Section:
    return Section(
        heading="Exercises and checks by difficulty",
        said=(_DISCRIMINATION,),
        picture=Picture(
            svg=pictures.difficulty(numbers.exercises, f"{name}-difficulty"),
            label="Each exercise with the mean share of its points, the hardest at the top.",
        ),
        tables=(tables.exercises(numbers), tables.checks(numbers)),
    )


def _mistakes(numbers: Numbers) -> Iterator[Section]:
    cards = [_mistake(one) for one in numbers.misconceptions]
    if cards:
        yield Section(
            heading="Mistakes that have a name",
            said=("With one of the answers each, the shortest.",),
            cards=tuple(cards[:_OPEN_CARDS]),
            more_cards=tuple(cards[_OPEN_CARDS:]),
            tables=(tables.misconceptions(numbers),),
        )


def _mistake(one: Misconception) -> Card:
    alike = ", ".join(f"“{in_words(name)}”" for name in one.alike)
    also = f" Behaves the same here: {alike}." if alike else ""
    return Card(
        title=f"{one.exercise}: {one.title}",
        said=f"{_students(one.students)}. {one.symptom}{also}",
        code=one.exemplar,
    )


def _students(count: int) -> str:
    return "1 student" if count == 1 else f"{count} students"


def _groups(numbers: Numbers) -> Iterator[Section]:
    shared = [one for one in numbers.unnamed if one.students >= _FEWEST_OF_A_GROUP]
    cards = [_group(one, numbers.assignment) for one in shared]
    if not numbers.unnamed:
        return
    alone = len(numbers.unnamed) - len(shared)
    said = (
        ["Answers that do the same wrong thing, and no known mistake explains it."] if cards else []
    )
    said += [f"{_students(alone)} made a mistake of their own: see the table."] if alone else []
    yield Section(
        heading="Mistakes without a name yet",
        said=tuple(said),
        cards=tuple(cards[:_OPEN_CARDS]),
        more_cards=tuple(cards[_OPEN_CARDS:]),
        tables=(tables.unnamed(numbers),),
    )


def _group(one: Unnamed, assignment: str) -> Card:
    return Card(
        title=f"{one.exercise}: {_students(one.students)}",
        said=f"{one.says} To name it, put the answer into {one.file} with a hint and grade again.",
        code=one.exemplar,
        commands=(
            f"autograder groups {assignment} --code {one.number}",
            f"autograder grade {assignment}",
        ),
    )


def _models(numbers: Numbers, name: str) -> Iterator[Section]:
    for number, found in enumerate(numbers.accuracies, 1):
        best, worst = found.values[0], found.values[-1]
        middle = found.values[len(found.values) // 2]
        said = f"{len(found.values)} trained models: the best has {best:.1%}, the middle one "
        said += f"{middle:.1%}, the worst {worst:.1%}."
        yield Section(
            heading=f"Accuracy of trained models: {found.exercise}",
            said=(said,),
            picture=Picture(svg=pictures.accuracies(found, f"{name}-model{number}"), label=said),
            tables=(tables.models(numbers),),
        )


def _lateness(numbers: Numbers) -> Iterator[Section]:
    late = sum(count for words, count in numbers.lateness if words.endswith("late"))
    if all(words == When.NO_DUE_DATE for words, count in numbers.lateness if count):
        said = "The gradebook has no due date."
    elif numbers.penalties:
        said = f"{_students(late)} handed in late: {points(numbers.penalties)} points less in all."
    else:
        said = f"{_students(late)} handed in late."
    yield Section(heading="Lateness", said=(said,), tables=(tables.lateness(numbers),))
