"""What a student handed in to a course, and what nbgrader's exchange keeps beside it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from nbgrader.utils import parse_utc

from autograder.course.course import Course, is_loose
from autograder.course.digest import digest
from autograder.errors import NotebookUnreadable
from autograder.hand_in.files import (
    FOLDER,
    MAX_FILES,
    Files,
    check_regular,
    files_in,
    read_bytes,
    read_files,
)

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
_MAX_EXCHANGE_BYTES: Final = 1_000
# nbgrader's own is 128 hexadecimal digits. Releasing reads it as text: what is not would end it.
_A_SECRET: Final = re.compile(rb"[\x21-\x7e]+\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn(Files):
    """A submission as bytes.

    `exchange` are the exchange's two files, as far as they can be used. `content` tells one
    submission from another by all but these.
    """

    student: str
    exchange: Mapping[str, bytes] = field(default_factory=dict)
    content: str = ""

    @property
    def handed_in(self) -> datetime | None:
        """When it was handed in, UTC, if its timestamp says so."""
        return _moment(self.exchange.get(TIMESTAMP))


def handed_in(course: Course, assignment: str, student: str) -> HandedIn:
    """What lies in a student's folder of an assignment; nothing in it raises."""
    folder = course.folder("submitted", student, assignment)
    below = course.root / course.directory.submitted_directory
    if not os.path.lexists(folder):
        loose = _loose(folder.parent, assignment)
        if loose:
            return _taken(loose, folder.parent, below, student)
    return taken_from(folder, below, student)


def taken_from(folder: Path, below: Path, student: str = "") -> HandedIn:
    """What lies in a folder below `below`, and in folders in it."""
    if os.path.isdir(folder) and not os.path.islink(folder):
        return _taken(files_in(folder, (TIMESTAMP, SECRET)), folder, below, student)
    why = _why_no_folder(folder)
    return HandedIn(student=student, refused={FOLDER: why}, content=digest([why]))


def _taken(paths: Iterable[Path], folder: Path, below: Path, student: str) -> HandedIn:
    read = read_files(paths, folder, below)
    parts = [f"{name} {hashlib.sha256(raw).hexdigest()}" for name, raw in read.files.items()]
    parts += [f"{name} {why} {_size(folder / name)}" for name, why in read.refused.items()]
    return HandedIn(
        student=student,
        files=read.files,
        refused=read.refused,
        exchange=exchange_files(folder),
        content=digest(parts),
    )


def _loose(parent: Path, assignment: str) -> list[Path]:
    """Files of an assignment that lie where its folder should."""
    try:
        names = sorted(os.listdir(parent))
    except OSError:
        return []
    return [parent / name for name in names if is_loose(name, assignment)][:MAX_FILES]


def _why_no_folder(folder: Path) -> str:
    if folder.is_symlink():
        return "it is a link, and only files are taken"
    return "its folder is not a folder" if folder.exists() else "No such file or directory"


def _size(path: Path) -> str:
    """What tells a file that is too large to be read from another one of its name."""
    try:
        status = path.lstat()
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}" if stat.S_ISREG(status.st_mode) else ""


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
    return _moment(_short_file(folder / TIMESTAMP))


def _moment(raw: bytes | None) -> datetime | None:
    try:
        parsed = parse_utc(raw.decode("utf-8").strip()) if raw is not None else None
    except (ValueError, OverflowError, TypeError):
        return None
    return parsed.replace(tzinfo=UTC) if isinstance(parsed, datetime) else None


def _short_file(path: Path) -> bytes | None:
    # STEP/STUDENT/ASSIGNMENT/FILE: the step's own folder may be a link, to another disk, say.
    step = path.parent.parent.parent
    try:
        check_regular(path, step)
        return read_bytes(path, _MAX_EXCHANGE_BYTES)
    except NotebookUnreadable:
        return None
