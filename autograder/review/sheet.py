"""The sheet in which people mark: one CSV a question, a row for each answer, read back as Excel,
LibreOffice or an editor has saved it.

What people fill in are the columns `keys`, `points` and `comment`. `version` tells which answer a
row is of, and what those three columns held when the sheet was written.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autograder.errors import KitError, MissingFile
from autograder.expect.printable import printable
from autograder.feedback.block import points
from autograder.nbgrader_bridge.export import safe_cell
from autograder.review.answers import Answer, State
from autograder.review.marks import Choice, clean_comment, rounded

COLUMNS: Final = ("id", "state", "given", "answer", "keys", "points", "comment", "version")
_NEEDED: Final = ("id", "keys", "points", "comment", "version")
# A cell of Excel's holds 32,767 characters, and what is longer spoils the rows below it.
_ANSWER_CHARS: Final = 2_000
_MAX_BYTES: Final = 50_000_000
# What `safe_cell` puts before a text that would compute.
_QUOTED: Final = re.compile(r"'(?='*[=+\-@|%])")
_SEPARATOR: Final = re.compile(r"[\s,;+]+")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)")


class SheetUnusable(KitError):
    """A file that cannot be read as a sheet of marks."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row as it came back. `line` is its number in the file; `wrong` says why its points cannot
    be read.
    """

    line: int
    id: str
    version: str
    choice: Choice
    wrong: str = ""


def as_csv(answers: Sequence[Answer]) -> str:
    """The sheet of these answers. No cell of it computes."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for answer in answers:
        writer.writerow(_cells(answer))
    return held.getvalue()


def _cells(answer: Answer) -> Sequence[str]:
    text = " ".join(answer.text.split())
    more = len(text) > _ANSWER_CHARS
    given, choice = answer.given, answer.choice
    return (
        *(answer.id, answer.state.value),
        "" if given.points is None else f"{points(given.points)} of {points(given.max_points)}",
        safe_cell(text[:_ANSWER_CHARS] + (" … (all of it is on the page)" if more else "")),
        *(" ".join(choice.keys), _number(choice.points), _comment_cell(choice.comment)),
        answer.version,
    )


def _number(value: float | None) -> str:
    return "" if value is None else repr(value).removesuffix(".0")


def _comment_cell(comment: str) -> str:
    """A comment with its lines, which mean something, and no formula."""
    first, end, rest = comment.partition("\n")
    return ("'" + first if _QUOTED.match(first) else safe_cell(first)) + end + rest


def read_sheet(path: Path) -> list[Row]:
    """The rows of a sheet, empty ones left out. Raises MissingFile and SheetUnusable."""
    try:
        return list(_rows(path, _text(path)))
    except csv.Error as problem:
        fact = f"{path} cannot be read as CSV: {problem}."
        raise SheetUnusable(fact, "Save it as CSV once more.") from problem


def _text(path: Path) -> str:
    """A file's text, by the encodings in which spreadsheets save."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
    except FileNotFoundError as missing:
        raise MissingFile(path, "the marks") from missing
    except OSError as problem:
        raise SheetUnusable(f"{path} cannot be read ({problem.strerror}).") from problem
    if len(raw) > _MAX_BYTES:
        raise SheetUnusable(f"{path} has more than {_MAX_BYTES // 1_000_000} MB.")
    if raw.startswith(b"PK"):
        fact = f"{path} is a workbook, not CSV."
        raise SheetUnusable(fact, "In the spreadsheet, save it as CSV.")
    # Excel's "CSV" is in the code page of Windows; its "CSV UTF-8" and "Unicode text" begin with a
    # mark.
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return re.sub(r"\Asep=.\r?\n", "", text)
    raise SheetUnusable(f"{path} is not a text file.", "In the spreadsheet, save it as CSV UTF-8.")


def _rows(path: Path, text: str) -> Iterator[Row]:
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = next((line for line in lines if any(cell.strip() for cell in line)), [])
    places = {name.strip().lower(): place for place, name in reversed([*enumerate(names)])}
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise SheetUnusable(
            f"{path} has no column {missing[0]}.",
            f"Its first line has to name these: {', '.join(COLUMNS)}.",
        )
    # A row with a comment of several lines has several lines: its first one is told.
    number = lines.line_num + 1
    for cells in lines:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * len(names)]
            yield _row(number, {name: padded[place] for name, place in places.items()})
        number = lines.line_num + 1


def _row(line: int, cells: Mapping[str, str]) -> Row:
    value, wrong = _points(cells["points"])
    keys = tuple(key.lower() for key in _SEPARATOR.split(cells["keys"]) if key)
    comment = clean_comment(cells["comment"])
    comment = clean_comment(comment[1:] if _QUOTED.match(comment) else comment)
    return Row(
        line=line,
        id=cells["id"].strip().lower(),
        version=cells["version"].strip().lower(),
        choice=Choice(keys=keys, points=value, comment=comment),
        wrong=wrong,
    )


def _points(cell: str) -> tuple[float | None, str]:
    """Points as people write them, 1.5 or 1,5, or why they are none."""
    text = cell.strip()
    if not text:
        return None, ""
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text.replace(",", "."))):
        return None, f"its points are {printable(text)!r}, which is not a number"
    return rounded(float(text.replace(",", "."))), ""


def unsaved(path: Path, answers: Sequence[Answer], sign: Callable[[Choice], str]) -> int:
    """How many rows of a sheet hold marks that nobody has taken yet. Raises SheetUnusable."""
    by_id = {answer.id: answer for answer in answers}
    return sum(not is_settled(row, by_id.get(row.id), sign) for row in read_sheet(path))


def is_settled(row: Row, answer: Answer | None, sign: Callable[[Choice], str]) -> bool:
    """Whether a row has nothing to give: it says what it said when the sheet was written, what is
    so by now, or what was taken from it before somebody decided otherwise.
    """
    if row.wrong:
        return False
    if row.version.partition("-")[2] == sign(row.choice):
        return True
    if answer is None:
        return False
    overruled = answer.mark is None or answer.state is State.CHANGED
    was_taken = answer.last is not None and row.choice == answer.last.choice
    return row.choice == answer.choice or (
        was_taken and overruled and row.version != answer.version
    )
