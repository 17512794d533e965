"""Runs in: the judge.

Folders in the machine's temporary folder, known by a lock as long as their process lives: so what a
process that was killed left there can be told from what another one uses, and removed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import IO

PREFIX = "ag-"
_LOCK = ".autograder"


def make() -> tuple[Path, IO[str]]:
    """A new folder and its lock; short names, because a Unix socket's path has 107 characters.

    Close the lock after removing the folder. It is not passed on to programs that are started.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = (folder / _LOCK).open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / _LOCK).exists():
            return folder, lock
        lock.close()  # Another run found it before it was locked, and took it for a stale one.


def remove_stale() -> None:
    """Removes what killed processes of this user left. Folders that are not ours stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if _is_of_this_user(folder):
                _remove_unless_locked(folder)


def _is_of_this_user(folder: Path) -> bool:
    # Nobody else can have put anything into it: what is removed is what we made.
    about = folder.lstat()
    private = stat.S_ISDIR(about.st_mode) and stat.S_IMODE(about.st_mode) == 0o700
    return private and about.st_uid == os.geteuid()


def _remove_unless_locked(folder: Path) -> None:
    with (folder / _LOCK).open("r+") as lock:  # Without a lock's file it is another program's.
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
