"""`calibrate`: how accurate answers to a trained exercise become, and where points should begin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from autograder.cli import show
from autograder.cli.shared import (
    HERE,
    Assignment,
    CourseFolder,
    OneThing,
    app,
    course_in,
    progress_bar,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.authoring.calibration import Calibration
    from autograder.authoring.calibration_numbers import Rate, Spread, Thresholds
    from autograder.course.course import Course

_ENOUGH: Final = 10


@app.command()
def calibrate(
    assignment: Assignment,
    exercise: Annotated[
        str, typer.Argument(help="Only this exercise; else all with an accuracy.")
    ] = "",
    seeds: Annotated[
        int, typer.Option("--seeds", min=2, help="Trainings of each answer, each with its seed.")
    ] = 20,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", help="The picture's file, .svg or .png; else calibrate/A-EXERCISE.svg."
        ),
    ] = None,
    course: CourseFolder = HERE,
) -> None:
    """Measure the accuracy of trained answers, and propose thresholds for it.

    The reference, its variants and its mistakes are trained under many seeds; what is measured is
    kept, so that a stopped run goes on where it was. A picture, a table and the lines for
    course_config.py are given; no setting is changed.
    """
    from autograder.authoring.calibration import FOLDER, Calibration, trained_exercises
    from autograder.authoring.calibration_picture import require_format

    opened = course_in(course)
    if output is not None:
        require_format(output)
    names = trained_exercises(opened, assignment, exercise)
    if output is not None and len(names) > 1:
        raise OneThing(
            f"--output is one file, and {assignment} has {len(names)} such exercises.",
            f"Name one of them: {', '.join(names)}.",
        )
    for name in names:
        found = Calibration(opened, assignment, name, seeds)
        _measure(found, assignment)
        place = output or opened.root / FOLDER / f"{assignment}-{name}.svg"
        _show(opened, found, assignment, place)


def _measure(found: Calibration, assignment: str) -> None:
    """Trains what is missing, with a bar; what there is stays where it is stopped."""
    total = len(found.answers) * len(found.seeds)
    with progress_bar() as bar:
        task = bar.add_task(f"training {assignment}, {found.exercise}", total=total)
        bar.update(task, completed=len(found.samples))
        bar.refresh()
        try:
            for _sample in found.measured():
                bar.advance(task)
                bar.refresh()
        except KeyboardInterrupt:
            say(f"Stopped: {len(found.samples)} of {total} trainings are kept.")
            raise


def _show(course: Course, found: Calibration, assignment: str, place: Path) -> None:
    from autograder.authoring.calibration_numbers import Thresholds, proposed, spreads
    from autograder.authoring.calibration_picture import write_picture

    grading = course.settings.grading
    now = Thresholds(minimum=grading.minimum_accuracy, full=grading.full_marks_accuracy)
    measured = spreads(found.samples)
    then = proposed(measured)
    title = f"{assignment}, {found.exercise}"
    show.out.print(_table(f"{title}: accuracy in %", measured, now))
    show.out.print(_costs(measured, now, then))
    write_picture(place, f"{title}: {len(found.seeds)} trainings each", measured, now, then)
    say(f"Picture: {place}")
    if then is None:
        say("No thresholds are proposed: the right answers are not accurate enough for any.")
    elif then == now:
        say("The settings are what is proposed.")
    else:
        if len(found.seeds) < _ENOUGH:
            say(
                f"{len(found.seeds)} trainings tell little of how far they spread: take 20 or more."
            )
        say("Proposed for course_config.py:")
        say(f"c.Grading.minimum_accuracy = {then.minimum:.2f}")
        say(f"c.Grading.full_marks_accuracy = {then.full:.2f}")


def _table(title: str, found: Sequence[Spread], now: Thresholds) -> Table:
    table = Table(title=show.plain(title, 200), title_justify="left")
    table.add_column("answer", no_wrap=True, min_width=max(len(_name(one)) for one in found))
    table.add_column("kind")
    for head in ("n", "mean", "sd", "lowest", "highest", "full marks", "no model"):
        table.add_column(head, justify="right")
    for one in found:
        figures = ["–"] * 4
        if one.values:
            shares = (one.mean, one.sd, one.values[0], one.values[-1])
            figures = [f"{100 * share:.1f}" for share in shares]
        full = f"{one.reaching(now.full) / one.count:.0%}"
        table.add_row(_name(one), one.kind, str(one.count), *figures, full, str(one.unread or ""))
    return table


def _name(one: Spread) -> Text:
    return show.plain(one.answer.partition("/")[2], 60)


def _costs(found: Sequence[Spread], now: Thresholds, then: Thresholds | None) -> Table:
    """What the thresholds cost, those of the settings and those that are proposed."""
    from autograder.authoring.calibration_numbers import rates

    table = Table(title="How often that goes wrong: counted, normal tail, exponential tail")
    table.title_justify = "left"
    table.add_column("thresholds")
    for head in ("right answers lose", "mistakes get full marks", "mistakes get points"):
        table.add_column(head, overflow="fold")
    for when, thresholds in (("now", now), ("proposed", then)):
        if thresholds is not None:
            costs = rates(found, thresholds)
            cells = (costs.right_lose, costs.mistakes_full, costs.mistakes_any)
            where = f"{when}: {thresholds.minimum:.0%} to {thresholds.full:.0%}"
            table.add_row(where, *map(_rate, cells))
    return table


def _rate(rate: Rate) -> str:
    tails = f"{_share(rate.normal)}, {_share(rate.exponential)}"
    likeliest = f" ({rate.answer.partition('/')[2]})" if rate.answer else ""
    return f"{rate.wrong} of {rate.count}; {tails}{likeliest}"


def _share(value: float) -> str:
    """A rate in few letters."""
    if value < 1e-9:
        return "< 1 in 10⁹"
    return f"{value:.0%}" if value > 0.01 else f"1 in {1 / value:,.0f}"
