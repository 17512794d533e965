"""What nbgrader's exchange keeps beside a notebook, and the way of a feedback page back through it.

`nbgrader submit` writes two files: timestamp.txt, and submission_secret.txt, by which
`nbgrader fetch_feedback` finds the page. A student owns them until they are collected, so each may
be a link, a pipe that nobody ever writes to, or a terabyte: only short regular files count.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import parse_utc

from autograder.errors import NotebookUnreadable
from autograder.nbgrader_bridge import intake

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
_MAX_BYTES = 1_000
# nbgrader's own is 128 hexadecimal digits. Releasing reads it as text: what is not would end it.
_A_SECRET = re.compile(rb"[\x21-\x7e]+\s*")


def exchange_files(folder: Path) -> dict[str, bytes]:
    """The exchange's files of the submission in `folder`, by name; one that is unusable is not."""
    found = {}
    stamp, secret = timestamp(folder), _short_file(folder / SECRET)
    if stamp is not None:
        found[TIMESTAMP] = f"{stamp:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode("ascii")
    if secret is not None and _A_SECRET.fullmatch(secret):
        found[SECRET] = secret
    return found


def timestamp(folder: Path) -> datetime | None:
    """When a submission was handed in, UTC, if its timestamp.txt says so in a readable way."""
    raw = _short_file(folder / TIMESTAMP)
    try:
        parsed = parse_utc(raw.decode("utf-8").strip()) if raw is not None else None
    except (ValueError, OverflowError, TypeError):
        return None
    return parsed.replace(tzinfo=UTC) if isinstance(parsed, datetime) else None


def _short_file(path: Path) -> bytes | None:
    # STEP/STUDENT/ASSIGNMENT/FILE: the step's own folder may be a link, to another disk, say.
    step = path.parent.parent.parent
    try:
        intake.check_regular(path, step)
        return intake.read_bytes(path, _MAX_BYTES)
    except NotebookUnreadable:
        return None


class CarefulDirectory(CourseDirectory):  # type: ignore[misc]  # nbgrader has no types
    """A course's folders, where stock nbgrader waits for no pipe and copies nothing handed in.

    It copies everything that lies beside a notebook, links with what they lead to; a device never
    ends. The exchange's own files are put into the graded folder by the first step.
    """

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """Called by nbgrader's converters, for a submission and for its graded folder."""
        stamp = timestamp(Path(dest_path))
        return None if stamp is None else stamp.replace(tzinfo=None)

    @classmethod
    def of(cls, converter: Any) -> CarefulDirectory:
        """The directory for an Autograde that knows which submissions it will grade."""
        given = converter.coursedir
        traits = {name: getattr(given, name) for name in given.trait_names(config=True)}
        # A pattern with a whole path matches that folder: nbgrader then copies nothing below it.
        traits["ignore"] = [*given.ignore, *map(glob.escape, converter.assignments)]
        return cls(parent=converter, **traits)


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's ExchangeReleaseFeedback, for those whose submissions came through the exchange.

    nbgrader's own stops at the first other one, and the rest of the class gets nothing.
    """

    def copy_files(self) -> None:
        """Called by nbgrader, for all students or for one."""
        others = []
        for folder in self._folders():
            if {TIMESTAMP, SECRET} <= exchange_files(folder).keys():
                self.src_path = glob.escape(str(folder))
                super().copy_files()
            else:
                others.append(folder.parent.name)
        if others:
            self.log.warning(_passed_over(others, self.coursedir))

    def _folders(self) -> Iterator[Path]:
        student = self.coursedir.student_id
        pattern = student if student in ("", "*") else glob.escape(student)
        path = self.coursedir.format_path(
            glob.escape(self.coursedir.feedback_directory),
            pattern or "*",
            glob.escape(self.coursedir.assignment_id),
        )
        yield from sorted({Path(page).parent for page in glob.glob(f"{path}/*.html")})


def _passed_over(students: list[str], directory: CourseDirectory) -> str:
    pages = f"{directory.feedback_directory}/STUDENT/{directory.assignment_id}/"
    return (
        f"Not released through the exchange: the feedback of {', '.join(students)}. "
        f"Their submissions have no {SECRET} and {TIMESTAMP} of `nbgrader submit`, by which "
        f"`nbgrader fetch_feedback` finds a page. Give them their pages in another way, such as "
        f"your learning platform or e-mail: {pages}"
    )
