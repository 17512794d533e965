"""How results look in a terminal. Every text is made printable: it may come from a student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.errors import KitError
from autograder.expect.printable import printable
from autograder.feedback.block import points, reasons
from autograder.results import Reader

if TYPE_CHECKING:
    from autograder.authoring.groups import Group
    from autograder.classroom.running import Told
    from autograder.course.snapshots import Snapshot
    from autograder.doctor.findings import Finding
    from autograder.nbgrader_bridge.gradebook import Total
    from autograder.nbgrader_bridge.graded import Graded
    from autograder.review.status import Status
    from autograder.settings.listing import Setting

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
_MAX_REASONS = 4


def problem(error: KitError) -> None:
    """An error as its sentence, its mend, and the command alone on its line."""
    for line in str(error).splitlines():
        # Not broken at the 80 characters that rich assumes of a file: the command is for pasting.
        err.print(plain(line, 600), soft_wrap=True)


def finding(found: Finding) -> None:
    """A finding as a line; where something is wrong, its mend and the command below it."""
    out.print(plain(f"{'✓' if found.ok else '✗'} {found.what}: {found.said}"))
    if not found.ok:
        for line in (found.mend, found.command):
            if line:
                out.print(plain(f"    {line}"))


def section(name: str, purpose: str) -> None:
    """A class of settings, with what it is for."""
    out.print(plain(f"{name}: {purpose}" if purpose else name, 600), soft_wrap=True)


def setting(one: Setting) -> None:
    """A setting as people write it in course_config.py, its origin and its help below it."""
    origin = one.where or "default"
    if one.where and one.default:
        origin += f"; default {one.default}"
    out.print(plain(f"  c.{one.full_name} = {one.value}", 600), soft_wrap=True)
    for line in (origin, one.help):
        if line:
            out.print(plain(f"      {line}", 1000), soft_wrap=True)


def plain(text: str, budget: int = 300) -> Text:
    """A text without markup, control characters or escapes."""
    return Text(printable(text, budget))


def in_one_line(error: KitError | None) -> str:
    """An error's sentence, mend and command in a row, for a line or cell of its own."""
    return " ".join(str(error).split())


def result_line(graded: Graded) -> Text:
    """One student's result as a line of progress."""
    if graded.report is None:
        said = f"  {graded.student}: {in_one_line(graded.problem)} {_stands(graded)}"
        return plain(said.rstrip(), 600)
    report = graded.report
    score = f"{points(report.points)} of {points(report.max_points)}"
    if graded.held is not None:
        return plain(f"  {graded.student}: {score}, the released result stays")
    return plain(f"  {graded.student}: {score} ({report.wall_s:.1f} s)")


def summary(results: Sequence[Told]) -> str:
    """How many submissions were graded, stood from earlier, and could not be graded."""
    stood = sum(told.unchanged for told in results)
    failed = sum(told.graded.report is None for told in results)
    kept = sum(told.graded.earlier is not None for told in results)
    held = sum(told.graded.held is not None for told in results if not told.unchanged)
    parts = [f"{len(results) - stood - failed - held} graded"]
    parts += [f"{held} held back, as a released grade would fall"] if held else []
    parts += [f"{stood} unchanged"] if stood else []
    of_which = f" ({kept} with an earlier result that stands)" if kept else ""
    parts += [f"{failed} not graded{of_which}"] if failed else []
    waiting = sum(waits(told.graded) for told in results)
    parts += [f"{waiting} with an exercise to grade by hand in Formgrader"] if waiting else []
    return ", ".join(parts)


def held_lines(assignment: str, results: Sequence[Told]) -> list[str]:
    """A line for each released result that stands though grading anew gave fewer points."""
    from autograder.nbgrader_bridge.holding import held_in_words

    held = [(told.graded.student, told.graded.held) for told in results]
    return [held_in_words(assignment, name, one) for name, one in held if one is not None]


def waits(graded: Graded) -> bool:
    """Whether a person has to grade an exercise of it."""
    return graded.report is not None and bool(graded.report.undecided)


def class_table(
    assignment: str,
    results: Sequence[Graded],
    stories: Mapping[str, str] | None = None,
    totals: Mapping[str, Total] | None = None,
) -> Table:
    """The table at the end: each student's points, and why some were lost.

    `totals` are the gradebook's: with what was graded by hand, less what is lost by being late.
    """
    table = Table(title=assignment, show_lines=True, title_justify="left")
    table.add_column("student")
    table.add_column("points", justify="right", no_wrap=True)
    if totals is not None:
        table.add_column("total", justify="right", no_wrap=True)
    table.add_column("why points were lost", overflow="fold")
    for graded in results:
        name = printable(graded.student, 40)
        who = (
            f"{name}\n{stories[graded.student]}" if stories and graded.student in stories else name
        )
        scored, lost = _cells(graded)
        total = [] if totals is None else [_total(totals.get(graded.student))]
        table.add_row(Text(who), scored, *total, lost)
    return table


def _total(total: Total | None) -> Text:
    if total is None:
        return Text("")
    lines = [f"{points(total.points)}/{points(total.max_points)}" if total.max_points else "–"]
    if total.late_s:
        lines += [f"late: -{points(total.penalty)}", f"by {_long(total.late_s)}"]
    if total.waiting:
        lines.append("by hand: open" if total.waiting == 1 else f"by hand: {total.waiting}")
    if total.unread:
        lines.append(f"not read: {points(total.unread)}")
    return Text("\n".join(lines))


def _long(seconds: float) -> str:
    """How long something was, to the hour: `6 h`, `2 d 3 h`."""
    days, hours = divmod(max(round(seconds / 3600), 1), 24)
    return " ".join([*([f"{days} d"] if days else []), *([f"{hours} h"] if hours else [])])


def status_table(found: Sequence[Status]) -> Table:
    """Where the submissions of each assignment stand, a line each."""
    from autograder.review.tables import counts

    # Ten columns in 80 characters.
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column("assignment", vertical="bottom", no_wrap=True)
    for number, status in enumerate(found):
        of_it = counts(status)
        if number == 0:
            for heading in of_it:
                table.add_column(heading.replace(" ", "\n"), justify="right", no_wrap=True)
        table.add_row(status.assignment, *(str(n) if n else "–" for n in of_it.values()))
    return table


def snapshots_table(kept: Sequence[Snapshot]) -> Table:
    """What `autograder undo` can put back, the newest last."""
    table = Table(caption="`autograder undo 3` puts number 3 back.", caption_justify="left")
    for heading in ("number", "kept at", "before"):
        table.add_column(heading)
    for one in kept:
        taken = f"{one.taken.astimezone():%Y-%m-%d %H:%M:%S}"
        table.add_row(str(one.number), taken, plain(one.before))
    return table


def groups_table(assignment: str, groups: Sequence[Group]) -> Table:
    """Wrong answers that no known mistake explains: how many do the same, who, and what is said."""
    table = Table(
        title=f"{assignment}: wrong answers without a name",
        caption=f"A file {groups[0].file_in(assignment)} names the first group; "
        f"`autograder groups {assignment} --code 1` shows one of its answers.",
        show_lines=True,
        title_justify="left",
        caption_justify="left",
    )
    for heading in ("", "exercise", "students", "what the first check that was lost says"):
        table.add_column(heading, overflow="fold")
    for number, group in enumerate(groups, 1):
        who = ", ".join(printable(student, 40) for student in group.students[:_MAX_REASONS])
        more = " …" if len(group.students) > _MAX_REASONS else ""
        students = f"{len(group.students)}: {who}{more}"
        table.add_row(str(number), group.exercise, Text(students), plain(group.says))
    return table


def _earlier_points(graded: Graded) -> str:
    if graded.earlier is None:
        return "not graded"
    return f"{points(graded.earlier.points)}/{points(graded.earlier.max_points)}\nearlier"


def _stands(graded: Graded) -> str:
    """Of a submission that could not be graded: which earlier result it has kept."""
    if graded.earlier is None:
        return ""
    when = f"{graded.earlier.graded:%Y-%m-%d %H:%M} UTC"
    if graded.earlier.handed_in is None:
        return f"The earlier result stands, graded on {when}."
    handed_in = f"{graded.earlier.handed_in:%Y-%m-%d %H:%M} UTC"
    return f"The earlier result stands, handed in on {handed_in} and graded on {when}."


def _cells(graded: Graded) -> tuple[Text, Text]:
    if graded.report is None:
        why = f"{in_one_line(graded.problem)} {_stands(graded)}".rstrip()
        return Text(_earlier_points(graded)), plain(why, 600)
    report = graded.report
    lines = reasons(report, Reader.TA)
    more = [f"… and {len(lines) - _MAX_REASONS} more"] if len(lines) > _MAX_REASONS else []
    text = "\n".join([printable(line, 200) for line in lines[:_MAX_REASONS]] + more)
    return Text(f"{points(report.points)}/{points(report.max_points)}"), Text(text)
