"""What must hold: for every line, without being said, and what its `expect` says.

Each rule is a generator of sentences, one for each thing that does not hold.
"""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from autograder.results import Reader, Report
from tests.attacks import evidence
from tests.attacks.harness import CANARY, GOOD, PLAIN, Evidence, Scores, submissions_of
from tests.attacks.lines import Line

_NEAR = 1e-6
_WAITS = "to grade by hand"
_CSV_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def problems(line: Line, found: Evidence) -> list[str]:
    """Everything that does not hold of a line; empty where all does."""
    told = list(_always(line, found))
    for key, wanted in line.expect.items():
        rule = _RULES.get(key)
        if rule is not None:
            told += [f"{key}: {text}" for text in rule(line, found, wanted)]
    return told


def _students(line: Line) -> list[str]:
    """The line's hostile students, without the honest one of its baseline."""
    return [name for name, _ in submissions_of(line) if not name.endswith(PLAIN)]


def _always(line: Line, found: Evidence) -> Iterator[str]:
    yield from _of_the_run(found)
    for student in _students(line):
        row = found.scores.get(student)
        if row is None or not row.points:
            yield f"{student} has no row in the gradebook"
            continue
        yield from of_scores(row, student, found.reports.get(student))
        yield from of_reasons(found.reports.get(student), student)
    wanted = f"MARKER_{line.id}"
    yield from (f"it left {place}" for place in found.markers if wanted in place)
    yield from (f"it sent {text!r}" for text in found.heard if wanted in text)
    yield from _canaries(line, found)


def _of_the_run(found: Evidence) -> Iterator[str]:
    if not ended_well(found):
        yield f"the command ended with exit status {found.exit_status}: {found.terminal[-600:]}"
    if "Traceback (most recent call last)" in found.terminal:
        where = found.terminal.index("Traceback (most recent call last)")
        yield f"a traceback on the terminal: {found.terminal[where : where + 1500]}"
    for scores, when in ((found.scores, ""), (found.late_scores, " later")):
        good = scores.get(GOOD)
        lost = (
            [] if good is None else [n for n, p in good.points.items() if p != good.max_points[n]]
        )
        if good is None or not good.points or lost:
            yield f"{GOOD} lost points{when}: {lost or 'it has no row'}"
    yield from (f"a process lives on: {text}" for text in found.survivors)
    yield from (f"left behind: {text}" for text in found.leftovers)
    yield from (f"changed: {text}" for text in found.changed_files)


def ended_well(found: Evidence) -> bool:
    """Whether the command says that all is graded, or that what is not waits for a person."""
    return found.exit_status == 0 or (found.exit_status == 1 and _WAITS in found.terminal)


def of_scores(row: Scores, student: str, report: Report | None = None) -> Iterator[str]:
    """Points that are not between 0 and their maximum, or missing where no person gives them."""
    waiting = () if report is None else report.undecided
    for name, points in row.points.items():
        if points is None and name in waiting:
            continue
        if points is None or not 0 <= points <= row.max_points[name]:
            yield f"{student} has {points} of {row.max_points[name]} for {name}"


def of_reasons(report: Report | None, student: str) -> Iterator[str]:
    """Exercises that lost points without a word to the student."""
    if report is None:
        yield f"{student} has no report"
        return
    for exercise in report.exercises:
        if exercise.points >= exercise.max_points:
            continue
        lost = [check for check in exercise.checks if check.credit < 1]
        if not any(check.said_to(Reader.STUDENT) for check in lost):
            yield f"{student} is not told why {exercise.exercise} lost points"


def _canaries(line: Line, found: Evidence) -> Iterator[str]:
    needles = {CANARY.encode(), *_in_base64(CANARY.encode())}
    for student in _students(line):
        for path in found.stored(student):
            data = path.read_bytes()
            if any(needle in data for needle in needles):
                yield f"a canary is in {path.relative_to(found.root)}"
    if CANARY in found.terminal:
        yield "a canary is on the terminal"


def _in_base64(word: bytes) -> Iterator[bytes]:
    """The parts of a word's base64 that don't depend on what stands around it, for each offset."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + word)
        start = (shift * 8 + 5) // 6
        yield encoded[start : (len(word) + shift) // 3 * 4]


def _points(line: Line, found: Evidence, wanted: Mapping[str, float]) -> Iterator[str]:
    for student in _students(line):
        row = found.scores.get(student)
        for name, points in wanted.items() if row else ():
            got = row.points.get(name) if row else None
            honest = _honest(line, found, name)
            if honest is None and (got is None or abs(got - points) > _NEAR):
                yield f"{student} has {got} points for {name}, not {points}"
            if honest is not None and (got is None or got > max(honest, points) + _NEAR):
                yield f"{student} has {got} points for {name}, the honest answer {honest}"


def _honest(line: Line, found: Evidence, exercise: str) -> float | None:
    """What the line's baseline earned with the same wrong answer, if there is one."""
    row = found.scores.get(line.id + PLAIN)
    if exercise not in line.baseline or row is None:
        return None
    return row.points.get(exercise)


def _below_max(line: Line, found: Evidence, wanted: Any) -> Iterator[str]:
    for student in _students(line):
        row = found.scores[student]
        for name in [wanted] if isinstance(wanted, str) else list(wanted):
            got, honest = row.points.get(name) or 0.0, _honest(line, found, name)
            if got >= row.max_points[name] or (honest is not None and got > honest + _NEAR):
                yield f"{student} has {got} of {row.max_points[name]} for {name}"


def _others_full(line: Line, found: Evidence, _wanted: bool) -> Iterator[str]:
    named = {*line.cells, *line.expect.get("points", {}), *line.expect.get("points_below_max", ())}
    for student in _students(line):
        row = found.scores.get(student)
        for name, most in row.max_points.items() if row else ():
            got = row.points[name] if row else None
            if name not in named and got != most:
                yield f"{student} has {got} of {most} for {name}{_why(found, student, name)}"


def _why(found: Evidence, student: str, exercise: str) -> str:
    report = found.reports.get(student)
    result = next((e for e in report.exercises if e.exercise == exercise), None) if report else None
    said = (
        [text for c in result.checks if c.credit < 1 for text in c.said_to(Reader.TA)]
        if result
        else []
    )
    notes = [note.text for note in report.notes] if report else []
    return f" ({' | '.join((said + notes)[:3])})"


def _total(line: Line, found: Evidence, wanted: Any) -> Iterator[str]:
    most = sum(found.source_points.values())
    for student in _students(line):
        row = found.scores.get(student)
        got = row.total if row else None
        if got is None or abs(got - (most if wanted == "max" else wanted)) > _NEAR:
            lost = [n for n, p in row.points.items() if p != row.max_points[n]] if row else []
            why = _why(found, student, lost[0]) if lost else ""
            yield f"{student} has {got} of {most}, not {wanted}; lost: {lost}{why}"


def _total_if_read(line: Line, found: Evidence, _wanted: Any) -> Iterator[str]:
    row = found.scores.get(line.id)
    if row is None or row.total == 0:
        yield from _result(line, found, "graded_with_reason")
        report = found.reports.get(line.id)
        if report is None or not (report.notes or report.undecided):
            yield "0 points and no note that says why"
    else:
        yield from _total(line, found, "max")


def _result(line: Line, found: Evidence, _wanted: str) -> Iterator[str]:
    for student in _students(line):
        if not found.page(student).is_file():
            yield f"{student} has no feedback page"


def _max_unchanged(line: Line, found: Evidence, _wanted: bool) -> Iterator[str]:
    for student in _students(line):
        if dict(found.scores[student].max_points) != found.source_points:
            yield f"{student}: {dict(found.scores[student].max_points)}"


def _marker(line: Line, found: Evidence, wanted: str) -> Iterator[str]:
    yield from (place for place in found.markers if wanted in place)
    yield from (repr(text) for text in found.heard if wanted in text)


def _connections(_line: Line, found: Evidence, wanted: int) -> Iterator[str]:
    if len(found.heard) > wanted:
        yield f"{found.heard}"


def _opened_connections(_line: Line, found: Evidence, wanted: int) -> Iterator[str]:
    if len(found.heard_by_browser) > wanted:
        yield f"{found.heard_by_browser}"


def _texts(line: Line, found: Evidence) -> Iterator[tuple[str, str]]:
    for student in _students(line):
        for path in found.stored(student):
            yield str(path.relative_to(found.root)), shown(path.read_text("utf-8", "replace"))


def shown(text: str) -> str:
    """The text as a reader sees it: JSON's escapes of line ends and quotes undone."""
    return text.replace("\\n", "\n").replace('\\"', '"')


def _output_absent(line: Line, found: Evidence, wanted: list[str]) -> Iterator[str]:
    for place, text in _texts(line, found):
        for word in wanted:
            for line_of_text in text.splitlines():
                # Sources never hold these words in one piece, outputs that are hits do.
                if word in line_of_text:
                    yield f"{word!r} in {place}: {line_of_text.strip()[:200]}"
                    break


def _feedback_absent(line: Line, found: Evidence, wanted: list[str]) -> Iterator[str]:
    for student in _students(line):
        text = found.page(student).read_text("utf-8", "replace")
        yield from (f"{word!r} on the page" for word in wanted if word in text)


def _terminal_absent(_line: Line, found: Evidence, wanted: list[str]) -> Iterator[str]:
    yield from (f"{word!r} on the terminal" for word in wanted if word in found.terminal)


def _log_lines_forged(line: Line, found: Evidence, wanted: int) -> Iterator[str]:
    """Lines on the terminal that begin with FORGED and the line's id."""
    plain = _ESCAPES.sub("", found.terminal)
    begun = [text for text in plain.splitlines() if text.startswith(f"FORGED {line.id}")]
    if len(begun) > wanted:
        yield str(begun)


def _not_run(line: Line, found: Evidence, wanted: str) -> Iterator[str]:
    sights = {name: sight for name, sight in found.sights.items() if name.startswith(line.id)}
    for name, sight in sights.items():
        if sight.ran or wanted in sight.title:
            yield f"{name} set it (title {sight.title!r})"
        if not sight.loaded:
            yield f"{name} did not open"
    watcher = found.sights.get("watcher")
    if watcher is not None and watcher.title != "watcher":
        yield f"a page set the title above it: {watcher.title!r}"


def _max_seconds(line: Line, found: Evidence, wanted: float) -> Iterator[str]:
    for student in _students(line):
        report = found.reports.get(student)
        if report is not None and report.wall_s > wanted:
            yield f"{student} took {report.wall_s:.0f} s"


def _max_rss(_line: Line, found: Evidence, wanted: float) -> Iterator[str]:
    if found.peak_mb > wanted:
        yield f"{found.peak_mb:.0f} MB"


def _output_max(line: Line, found: Evidence, wanted: float) -> Iterator[str]:
    for student in _students(line):
        size = sum(path.stat().st_size for path in found.stored(student)) / 1e6
        if size > wanted:
            yield f"{student}: {size:.0f} MB"


def _look_again(line: Line, found: Evidence, _wanted: float) -> Iterator[str]:
    for student in _students(line):
        if found.late_scores.get(student) != found.scores.get(student):
            yield f"{student}'s points changed after grading"


def _no_file(_line: Line, _found: Evidence, wanted: list[str]) -> Iterator[str]:
    yield from evidence.start_files(wanted)


def _csv_safe(_line: Line, found: Evidence, _wanted: bool) -> Iterator[str]:
    if not found.export:
        yield "there is no export"
    for row in csv.reader(io.StringIO(found.export)):
        yield from (f"a cell starts a formula: {cell!r}" for cell in row if _is_formula(cell))


def _is_formula(cell: str) -> bool:
    return cell.startswith(_CSV_STARTS) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)


def _page_complete(line: Line, found: Evidence, _wanted: bool) -> Iterator[str]:
    page = found.page(line.id)
    text = page.read_text("utf-8", "replace") if page.is_file() else ""
    if not text.rstrip().endswith("</html>"):
        yield f"it ends with {text[-80:]!r}"


def _page_shows_score(line: Line, found: Evidence, _wanted: bool) -> Iterator[str]:
    page, row = found.page(line.id), found.scores.get(line.id)
    text = page.read_text("utf-8", "replace") if page.is_file() else ""
    total = f"{row.total:g}" if row else "?"
    if not re.search(rf"<h1>[^<]*: {re.escape(total)} of [0-9.]+ points", text):
        yield f"no heading with {total} points on it"


def _nothing(_line: Line, _found: Evidence, _wanted: Any) -> Iterator[str]:
    """For keys that hold for every line anyway, or say how a batch is made."""
    return iter(())


_RULES: dict[str, Callable[[Line, Evidence, Any], Iterator[str]]] = {
    "points": _points,
    "points_below_max": _below_max,
    "others_full": _others_full,
    "total": _total,
    "total_if_read": _total_if_read,
    "result": _result,
    "max_unchanged": _max_unchanged,
    "marker_absent": _marker,
    "connections": _connections,
    "connections_when_opened": _opened_connections,
    "canaries_absent": _nothing,
    "canaries_absent_in_base64": _nothing,
    "output_absent": _output_absent,
    "feedback_absent": _feedback_absent,
    "terminal_absent": _terminal_absent,
    "not_run": _not_run,
    "survivors": _nothing,
    "leftovers": _nothing,
    "nothing_listens_on": _nothing,
    "max_seconds": _max_seconds,
    "max_rss_mb": _max_rss,
    "output_max_mb": _output_max,
    "others_of_class": _nothing,
    "run_twice": _nothing,
    "look_again_after_seconds": _look_again,
    "no_file": _no_file,
    "no_file_in": _nothing,
    "csv_safe": _csv_safe,
    "log_lines_forged": _log_lines_forged,
    "page_made": _result,
    "page_complete": _page_complete,
    "page_shows_true_score": _page_shows_score,
}
