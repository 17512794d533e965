"""The sentences at the top of a page: what was reached, when it came, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from autograder.feedback.block import points
from autograder.feedback.page import Change, Item, Page
from autograder.results import Outcome

_MOST_REASONS = 3
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def counted(number: float, word: str) -> str:
    """A number with its word: "1 point", "2.5 points"."""
    return f"{points(number)} {word}{'' if number == 1 else 's'}"


def headline(page: Page) -> str:
    """What was reached: "1-tensors: 20.17 of 24 points"."""
    if not page.given:
        return f"{page.assignment}: not read yet"
    so_far = " so far" if page.unread else ""
    return (
        f"{page.assignment}: {points(page.points)} of {counted(page.max_points, 'point')}{so_far}"
    )


def moment(when: datetime) -> str:
    """A moment as people write it, with the zone that the clock of the course has."""
    return f"{when.astimezone():%d %B %Y, %H:%M %Z}".lstrip("0")


def handed_in(page: Page) -> str:
    """When it came, and whether that was late; "" where that is not known."""
    if page.handed_in is None:
        return ""
    when = moment(page.handed_in)
    if page.late_s <= 0:
        return f"{when}, in time" if page.due is not None else when
    costs = f": {counted(page.penalty, 'point')} less" if page.penalty else "; this costs no points"
    return f"{when}, {_length(page.late_s)} late{costs}"


def _length(seconds: float) -> str:
    for size, word in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if seconds >= size:
            return counted(float(int(seconds // size)), word)
    return "less than a minute"


def waiting(page: Page) -> str:
    """What waits for a person, "" where nothing does."""
    if not page.unread:
        return ""
    worth = sum(item.max_points for item in page.unread)
    names = _listed([item.name for item in page.unread]) if page.given else "All of it"
    return f"{names} ({counted(worth, 'point')}). A person gives these points; it is not a 0."


def why_unread(page: Page) -> tuple[str, ...]:
    """Why exercises that are graded by checks wait for a person, each reason once."""
    said = (
        text
        for item in page.unread
        for check in (item.result.checks if item.result else ())
        for text in page.audience.is_told(check)
        if check.outcome is not Outcome.PASSED
    )
    return tuple(dict.fromkeys(said))[:_MOST_REASONS]


def lost_heading(page: Page) -> str:
    """ "You lost 3 points in 2 exercises"."""
    lost = sum(item.lost for item in page.lost)
    return f"You lost {counted(lost, 'point')} in {counted(len(page.lost), 'exercise')}"


def unanswered_heading(page: Page) -> str:
    """ "Not answered yet: 2 exercises, 5 points"."""
    worth = sum(item.lost for item in page.unanswered)
    return (
        f"Not answered yet: {counted(len(page.unanswered), 'exercise')}, {counted(worth, 'point')}"
    )


def next_step(page: Page) -> str:
    """What to do now, for the page as a whole."""
    todo = [item.name for item in (*page.lost, *page.unanswered)]
    if not todo:
        if page.unread:
            return "Nothing for now. A new page will say more when a person has read your answer."
        return "Nothing: all points are yours."
    if page.is_over:
        return f"The due date is over. For next time, look at {_listed(todo)}."
    verb = "Change" if page.lost else "Answer"
    return f"{verb} {_listed(todo)}, run the checks in your notebook, and {_hand_in(page)}."


def next_step_of(item: Item, page: Page) -> str:
    """What to do about one exercise that lost points."""
    if page.is_over:
        return "The due date is over. For next time, look at what differs above."
    checked = item.result.checks if item.result else ()
    if item.written or all(check.credit == 1 for check in checked):
        return f"Change your answer, and {_hand_in(page)}."
    return f"Change it, run the check below it, and {_hand_in(page)}."


def _hand_in(page: Page) -> str:
    return "hand in again" if page.due is None else f"hand in again by {moment(page.due)}"


def by_hand(item: Item) -> str:
    """What is said of points that a person gave in the place of the checks'."""
    if item.by_checks is None:
        return "A person gave these points."
    return (
        f"A person gave these points: {points(item.points or 0.0)} of {points(item.max_points)}. "
        f"The checks had found {points(item.by_checks)}."
    )


def item_line(item: Item) -> str:
    """An exercise's points: "1.5 of 2 points"."""
    return f"{points(item.points or 0.0)} of {counted(item.max_points, 'point')}"


def change_line(change: Change) -> str:
    """An exercise's points before and now: "transpose: 1 of 3 before, now 3"."""
    of = points(change.max_points)
    if change.before == change.now:
        return f"{change.name}: {points(change.now)} of {of}, as before"
    return f"{change.name}: {points(change.before)} of {of} before, now {points(change.now)}"


def _listed(names: Sequence[str], most: int = 4) -> str:
    """Names as a list in a sentence, the first ones of many."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
