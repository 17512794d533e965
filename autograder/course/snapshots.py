"""Snapshots of what a course has recorded, kept before each command that writes: the last ten.

A snapshot holds the gradebook, the record of results with its copies, what people chose when they
marked, and what rounds and inputs are drawn from. Files that are only ever replaced as a whole are
linked, so they take no room.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from autograder.course.course import Course
from autograder.errors import KitError, UnknownName
from autograder.files import remove_tree, swap, work_folder, write_whole

KEPT = 10
_FOLDERS = ("record", "seeds", "rounds", "registered", "marks", "review")
_GRADEBOOK, _ABOUT = "gradebook.db", "about.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """What a course had recorded at a moment. `before` is what was done next."""

    number: int
    taken: datetime
    before: str
    folder: Path


def snapshots(course: Course) -> list[Snapshot]:
    """The snapshots of a course, the newest last."""
    found = []
    for path in _place(course).glob(f"*/{_ABOUT}"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            about = json.loads(path.read_text(encoding="utf-8"))
            found.append(
                Snapshot(
                    number=int(path.parent.name),
                    taken=datetime.fromisoformat(about["taken"]),
                    before=str(about["before"]),
                    folder=path.parent,
                )
            )
    return sorted(found, key=lambda one: one.number)


def keep_snapshot(course: Course, before: str) -> None:
    """Keeps a snapshot, unless nothing has changed since the newest one, and lets go of the oldest.

    Raises OSError where there is no room. A gradebook that cannot be read, or is in no file, is
    left out: its own command will say so.
    """
    earlier = snapshots(course)
    sign = _sign(course)
    if not sign or (earlier and _sign_of(earlier[-1]) == sign):
        return
    number = earlier[-1].number + 1 if earlier else 1
    with work_folder(course.work) as work:
        made = work / "snapshot"
        made.mkdir(mode=0o700)
        for name in _FOLDERS:
            if (course.private / name).is_dir():
                _link_tree(course.private / name, made / name)
        _copy_gradebook(course, made / _GRADEBOOK)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        about = {"taken": now, "before": before, "sign": sign}
        write_whole(made / _ABOUT, json.dumps(about))
        swap(made, _place(course) / str(number))
    for old in earlier[: max(len(earlier) + 1 - KEPT, 0)]:
        remove_tree(old.folder)


def restore(course: Course, number: int) -> Snapshot:
    """Puts back what a snapshot holds; raises UnknownName or KitError.

    The caller holds the course's lock, which has kept a snapshot of what is replaced.
    """
    found = {one.number: one for one in snapshots(course)}
    if number not in found:
        raise UnknownName("snapshot", str(number), map(str, found))
    snapshot = found[number]
    gradebook = _gradebook(course)
    kept = snapshot.folder / _GRADEBOOK
    if gradebook is None or not kept.is_file():
        fact = f"Snapshot {number} holds no gradebook: this course's is in no file."
        raise KitError(fact, "Restore it by the means of its database.")
    with work_folder(course.work) as work:
        for name in _FOLDERS:
            fresh = work / name
            fresh.mkdir(mode=0o700)
            if (snapshot.folder / name).is_dir():
                fresh.rmdir()
                _link_tree(snapshot.folder / name, fresh)
        # Into the file that is there: others have it open.
        _copy(kept, gradebook)
        for name in _FOLDERS:
            swap(work / name, course.private / name)
    return snapshot


def _place(course: Course) -> Path:
    return course.private / "undo"


def _gradebook(course: Course) -> Path | None:
    url = make_url(course.db_url)
    is_file = url.get_backend_name() == "sqlite" and url.database
    return Path(str(url.database)).absolute() if is_file else None


def _sign(course: Course) -> str:
    """What tells this state of a course from others; "" where there is nothing to keep."""
    gradebook = _gradebook(course)
    total = hashlib.sha256()
    try:
        if gradebook is not None:
            total.update(gradebook.read_bytes())
    except OSError:
        return ""
    for name in _FOLDERS:
        for path in _files(course.private / name):
            status = path.stat()
            total.update(f"{path} {status.st_ino} {status.st_size}".encode("utf-8", "replace"))
    return total.hexdigest()


def _sign_of(snapshot: Snapshot) -> str:
    about = json.loads((snapshot.folder / _ABOUT).read_text(encoding="utf-8"))
    return str(about.get("sign", ""))


def _files(folder: Path) -> Iterator[Path]:
    for parent, _folders, names in sorted(os.walk(folder)):
        yield from (Path(parent, name) for name in sorted(names))


def _link_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, copy_function=_link)


def _link(source: str, target: str) -> object:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _copy_gradebook(course: Course, target: Path) -> None:
    gradebook = _gradebook(course)
    if gradebook is not None:
        with contextlib.suppress(sqlite3.Error):
            _copy(gradebook, target)


def _copy(source: Path, target: Path) -> None:
    """By SQLite's own backup: whole, also while others read and write."""
    with (
        contextlib.closing(sqlite3.connect(source, timeout=60)) as there,
        contextlib.closing(sqlite3.connect(target, timeout=60)) as here,
    ):
        there.backup(here)
