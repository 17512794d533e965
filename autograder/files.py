"""Files and folders that others see whole or not at all: locks, swaps, work that a kill left.

Knows nothing of all others.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import glob
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO

_LOCK = ".autograder"
_TEMPORARY = "ag-"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # of Linux's fcntl.h and fs.h
_UNLOCKED_S = 60


@contextlib.contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """A new folder below `parent`, gone at the end.

    It is locked as long as its process lives, so that others know it from what a kill left.
    """
    parent.mkdir(exist_ok=True)
    folder, lock = _make_locked(parent)
    with lock:
        try:
            yield folder
        finally:
            remove_tree(folder)


def make_temporary() -> tuple[Path, IO[str]]:
    """A new folder in the machine's temporary folder, and its lock: close it after removing that.

    Short names, because a Unix socket's path has 107 characters. The lock is not passed on to
    programs that are started.
    """
    return _make_locked(Path(tempfile.gettempdir()), _TEMPORARY)


def _make_locked(parent: Path, prefix: str = "") -> tuple[Path, IO[str]]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        try:
            lock = (folder / _LOCK).open("w")
            fcntl.flock(lock, fcntl.LOCK_EX)
        except BaseException:
            # Without a lock nobody would know it for a stale one.
            remove_tree(folder)
            raise
        if (folder / _LOCK).exists():
            return folder, lock
        lock.close()  # Another process found it before it was locked, and took it for a stale one.


def remove_stale_work(parent: Path) -> None:
    """Removes the work folders below `parent` of processes that were killed."""
    for folder in parent.glob("*"):
        with contextlib.suppress(OSError):
            if (folder / _LOCK).exists():
                _remove_unless_locked(folder)
            # Made a moment ago and not locked yet, or left without a lock long ago.
            elif time.time() - folder.stat().st_mtime > _UNLOCKED_S:
                remove_tree(folder)


def remove_stale_temporary() -> None:
    """Removes what killed processes of this user left in the machine's temporary folder.

    Folders that are not ours stay.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{_TEMPORARY}*"):
        with contextlib.suppress(OSError):
            if _is_private(folder):
                _remove_unless_locked(folder)


def _is_private(folder: Path) -> bool:
    # Nobody else can have put anything into it: what is removed is what we made.
    about = folder.lstat()
    # jupyter_client sets the sticky bit of the folder of a kernel's connection file.
    rights = stat.S_IMODE(about.st_mode) & ~stat.S_ISVTX
    private = stat.S_ISDIR(about.st_mode) and rights == 0o700
    return private and about.st_uid == os.geteuid()


def _remove_unless_locked(folder: Path) -> None:
    with (folder / _LOCK).open("r+") as lock:  # Without a lock's file it is another program's.
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove_tree(folder)


def swap(made: Path, target: Path) -> None:
    """Puts a finished folder in the place of another; a reader never sees a part of it, nor, on
    Linux, a moment without one.

    What stands there stays until the new one lies beside it, whole: a disk may be full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(target)
    fresh = target.with_name(f".{target.name}.new-{os.getpid()}")
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    try:
        shutil.move(made, fresh)
    except BaseException:
        remove_tree(fresh)
        raise
    if _exchanged(fresh, target):
        remove_tree(fresh)
        return
    with contextlib.suppress(FileNotFoundError):
        target.rename(old)
    fresh.rename(target)
    remove_tree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the system has let two folders change places in one step."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    return renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0


def _remove_leftovers(target: Path) -> None:
    """Removes what a process that was killed in `swap` has left beside a folder."""
    for kind in ("new", "old"):
        for path in target.parent.glob(f".{glob.escape(target.name)}.{kind}-*"):
            pid = path.name.rpartition("-")[2]
            if pid.isdigit() and not os.path.exists(f"/proc/{pid}"):
                remove_tree(path)


def remove_tree(folder: Path) -> None:
    """Removes a folder, if it is there, whatever rights nbgrader gave to what is in it."""
    # nbgrader leaves files without the right to write: their folder's rights decide.
    if folder.exists():
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                with contextlib.suppress(PermissionError):  # Somebody else's of our group.
                    path.chmod(0o755)
        shutil.rmtree(folder)


def keep_only(folder: Path, names: Collection[str]) -> None:
    """Removes all files below a folder but those of these paths in it, and folders left empty."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in names:
            path.unlink(missing_ok=True)


def write_whole(path: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Writes a file so that a reader sees the old one or the new one, never a part.

    `mode` is limited by the umask, as for any new file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8") if isinstance(content, str) else content
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files by their path below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
