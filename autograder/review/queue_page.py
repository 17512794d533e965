"""The queue for a terminal, for a spreadsheet, and as a page: one file, no script."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from autograder.course.course import Course
from autograder.expect.printable import printable
from autograder.files import write_whole
from autograder.nbgrader_bridge.export import csv_text
from autograder.review.pages import rendered
from autograder.review.queue import WHY, Item, Queue

COLUMNS: Final = (
    *("id", "reason", "student", "exercise", "seen", "to_do", "grader", "formgrader", "page"),
)
_MOST_LINES: Final = 40


def queue_lines(queue: Queue) -> Iterator[str]:
    """The queue, by reason: how many, then each with what was seen."""
    yield _in_all(queue)
    left = _MOST_LINES
    for reason, group in groupby(queue.items, key=lambda item: item.need.reason):
        items = list(group)
        yield ""
        yield f"{reason.value} ({len(items)})"
        yield from (f"  {one_line(item)}" for item in items[:left])
        if len(items) > left:
            yield f"  … and {len(items) - left} more: --csv has them all"
        left = max(left - len(items), 3)
    if not queue.compared:
        yield ""
        yield not_compared(queue)


def not_compared(queue: Queue) -> str:
    """That nobody has looked which hand-ins are alike."""
    command = f"autograder alike {queue.assignment}"
    return f"Which hand-ins are alike, nobody has looked since the last was graded: {command}"


def one_line(item: Item) -> str:
    """An item in a line: its id, whose, of what, and what was seen."""
    of = f", {item.need.exercise}" if item.need.exercise else ""
    who = f"{printable(item.shown, 40)}{of}"
    return f"{item.id}  {who}: {item.need.seen}" if item.need.seen else f"{item.id}  {who}"


def item_lines(assignment: str, item: Item) -> Iterator[str]:
    """One item in full: why it is next, what to do, and where to look."""
    yield f"{assignment}: {item.need.reason.value}"
    yield WHY[item.need.reason]
    yield one_line(item)
    yield item.act
    if item.formgrader:
        yield f"Formgrader: {item.formgrader}"
    if item.page:
        yield f"The student's page: {item.page}"
    if not item.ends_itself:
        yield f"When you have looked: autograder review {assignment} --done {item.id}"


def _in_all(queue: Queue) -> str:
    count = len(queue.items)
    if not count:
        return f"{queue.assignment}: nothing needs a person" + _done(queue)
    things = "1 thing needs" if count == 1 else f"{count} things need"
    return f"{queue.assignment}: {things} a person{_done(queue)}"


def _done(queue: Queue) -> str:
    return f", {queue.done} looked at" if queue.done else ""


def as_csv(queue: Queue) -> str:
    """A row for each item; no cell of it computes."""
    rows = (
        (
            *(item.id, item.need.reason.value, item.shown, item.need.exercise, item.need.seen),
            *(item.act, item.grader, item.formgrader, item.page),
        )
        for item in queue.items
    )
    return csv_text(COLUMNS, rows)


def write_queue_page(course: Course, queue: Queue, grader: str = "") -> Path:
    """Puts the queue's page into its place, and gives that."""
    name = f"{queue.assignment}-queue{f'-{grader}' if grader else ''}.html"
    path = course.reports / name
    write_whole(path, queue_html(queue, grader), course.secret_mode)
    return path


def queue_html(queue: Queue, grader: str = "") -> str:
    """The queue as a page."""
    groups = [
        (reason, WHY[reason], list(items))
        for reason, items in groupby(queue.items, key=lambda item: item.need.reason)
    ]
    said, more = _in_all(queue), not_compared(queue)
    filters = {"with_code": _with_code, "uri": lambda path: Path(path).absolute().as_uri()}
    told = {"queue": queue, "groups": groups, "said": said, "grader": grader, "more": more}
    return rendered("queue", filters, **told)


def _with_code(text: str) -> Markup:
    """A sentence of ours with its commands as code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )
