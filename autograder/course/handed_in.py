"""What a student handed in: the bytes of its files, and what nbgrader's exchange keeps beside them.

A student owns these files until they are collected, so each may be a link, a pipe that nobody ever
writes to, or a terabyte: only regular files are read, and only as much as is ever looked at.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from nbgrader.utils import parse_utc

from autograder.course.course import Course, is_loose
from autograder.course.digest import digest
from autograder.errors import NotebookUnreadable

MAX_BYTES: Final = 100_000_000
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
NOTEBOOK: Final = ".ipynb"
# In `refused`: the folder itself, where it is none.
FOLDER: Final = "."
_MAX_FILES: Final = 200
_MAX_DEPTH: Final = 4
_MAX_HELPER_BYTES: Final = 1_000_000
_MAX_BYTES_IN_ALL: Final = 300_000_000
# As browsers, chats and file managers name what is a notebook or holds one.
_MAY_HOLD_A_NOTEBOOK: Final = (NOTEBOOK, ".json", ".txt", ".zip")
# Left by operating systems and editors, beside all that begins with a dot.
_NOISE: Final = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"})
_MAX_EXCHANGE_BYTES: Final = 1_000
# nbgrader's own is 128 hexadecimal digits. Releasing reads it as text: what is not would end it.
_A_SECRET: Final = re.compile(rb"[\x21-\x7e]+\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedIn:
    """A submission as bytes: `files` by their path in its folder, `refused` those that are not
    taken, with the reason.

    `exchange` are the exchange's two files, as far as they can be used. `content` tells one
    submission from another by all but these.
    """

    student: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
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
        return _taken(_files(folder), folder, below, student)
    why = _why_no_folder(folder)
    return HandedIn(student=student, refused={FOLDER: why}, content=digest([why]))


def _taken(paths: Iterable[Path], folder: Path, below: Path, student: str) -> HandedIn:
    files: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    parts = []
    left = _MAX_BYTES_IN_ALL
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            check_regular(path, below)
            most = MAX_BYTES if may_hold_a_notebook(name) else _MAX_HELPER_BYTES
            files[name] = read_bytes(path, min(most, left))
            left -= len(files[name])
            parts.append(f"{name} {hashlib.sha256(files[name]).hexdigest()}")
        except NotebookUnreadable as problem:
            refused[name] = problem.why
            parts.append(f"{name} {problem.why} {_size(path)}")
    return HandedIn(
        student=student,
        files=files,
        refused=refused,
        exchange=exchange_files(folder),
        content=digest(parts),
    )


def _loose(parent: Path, assignment: str) -> list[Path]:
    """Files of an assignment that lie where its folder should."""
    try:
        names = sorted(os.listdir(parent))
    except OSError:
        return []
    return [parent / name for name in names if is_loose(name, assignment)][:_MAX_FILES]


def may_hold_a_notebook(name: str) -> bool:
    """Whether a file's name is one that a notebook, or an archive with one, may come under."""
    return name.lower().endswith(_MAY_HOLD_A_NOTEBOOK)


def is_noise(name: str) -> bool:
    """Whether a program has left a file or folder of this name, and no student."""
    return name.startswith((".", "~$")) or name in _NOISE


def _files(folder: Path) -> Iterator[Path]:
    """Files and what is in their place (links, pipes), the outer before the inner, those that may
    be notebooks first; not the exchange's own, nor what programs leave.
    """
    folders, found = deque([(folder, 0)]), 0
    while folders:
        parent, depth = folders.popleft()
        try:
            names = sorted(os.listdir(parent), key=lambda n: (not may_hold_a_notebook(n), n))
        except OSError:
            continue
        for name in names:
            path = parent / name
            if is_noise(name) or (depth == 0 and name in (TIMESTAMP, SECRET)):
                continue
            found += 1
            if found > _MAX_FILES:
                return
            if os.path.isdir(path) and not os.path.islink(path):
                if depth < _MAX_DEPTH:
                    folders.append((path, depth + 1))
            else:
                yield path


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


def check_regular(path: Path, below: Path) -> None:
    """Raises NotebookUnreadable unless `path` is a regular file in real folders below `below`."""
    for part in (path, *path.parents):
        if part == below:
            break
        try:
            mode = part.lstat().st_mode
        except OSError as problem:
            raise NotebookUnreadable(path, os.strerror(problem.errno or 0)) from problem
        if stat.S_ISLNK(mode):
            raise NotebookUnreadable(path, "it is a link, and only files are taken")
        if part == path and not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "no regular file"
            raise NotebookUnreadable(path, f"it is {kind}")


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """What a regular file of at most `most` bytes holds; raises NotebookUnreadable."""
    # O_NOFOLLOW and O_NONBLOCK: the path may have become a link or a pipe since it was checked.
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as problem:
        raise NotebookUnreadable(path, os.strerror(problem.errno or 0)) from problem
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NotebookUnreadable(path, "it is no regular file")
        if status.st_size > most:
            raise NotebookUnreadable(path, f"it is larger than {most / 10**6:g} MB")
        return file.read(most + 1)


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
