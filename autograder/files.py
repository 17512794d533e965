"""Files and folders that others see whole or not at all: locks, swaps, work that a kill left.

Knows nothing of all others.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_LOCK = ".lock"
_UNLOCKED_S = 60


@contextlib.contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """A new folder below `parent`, gone at the end.

    It is locked as long as its process lives, so that others know it from what a kill left.
    """
    parent.mkdir(mode=0o700, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent))
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            remove_tree(folder)


def remove_stale_work(parent: Path) -> None:
    """Removes the work folders below `parent` of processes that were killed."""
    for folder in parent.glob("*"):
        try:
            with (folder / _LOCK).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            # Made a moment ago and not locked yet, or left without a lock long ago.
            if time.time() - folder.stat().st_mtime > _UNLOCKED_S:
                remove_tree(folder)
        except OSError:
            continue
        else:
            remove_tree(folder)


def swap(made: Path, target: Path) -> None:
    """Puts a finished folder in the place of another; a reader never sees a part of it.

    What stands there stays until the new one lies beside it, whole: a disk may be full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new-{os.getpid()}")
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    try:
        shutil.move(made, fresh)
    except BaseException:
        remove_tree(fresh)
        raise
    with contextlib.suppress(FileNotFoundError):
        target.rename(old)
    fresh.rename(target)
    remove_tree(old)


def remove_tree(folder: Path) -> None:
    """Removes a folder, if it is there, whatever rights nbgrader gave to what is in it."""
    # nbgrader leaves files without the right to write: their folder's rights decide.
    if folder.exists():
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(folder)
