"""The files of a hand-in, as bytes.

A student owns these files until they are collected, so each may be a link, a pipe that nobody ever
writes to, or a terabyte: only regular files are read, and only as much as is ever looked at.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from autograder.errors import NotebookUnreadable
from autograder.expect.printable import printable

MAX_BYTES: Final = 100_000_000
NOTEBOOK: Final = ".ipynb"
# In `refused`: the folder itself, where it is none.
FOLDER: Final = "."
MAX_FILES: Final = 200
_MAX_DEPTH: Final = 4
MAX_HELPER_BYTES: Final = 1_000_000
_MAX_BYTES_IN_ALL: Final = 300_000_000
# As browsers, chats and file managers name what is a notebook or holds one.
_MAY_HOLD_A_NOTEBOOK: Final = (NOTEBOOK, ".json", ".txt", ".zip")
# Left by operating systems and editors, beside all that begins with a dot.
_NOISE: Final = frozenset({"__MACOSX", "__pycache__", "Thumbs.db", "desktop.ini"})
# Windows has neither links to follow nor pipes among files, and reads text unless told otherwise.
_FLAGS: Final = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """What was handed in as bytes: `files` by their path in its folder, `refused` those that are
    not taken, with the reason.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def read_files(paths: Iterable[Path], folder: Path, below: Path) -> Files:
    """The files at `paths`, by their path in `folder`, which lies below `below`; nothing raises."""
    files: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    left = _MAX_BYTES_IN_ALL
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            check_regular(path, below)
            most = MAX_BYTES if may_hold_a_notebook(name) else MAX_HELPER_BYTES
            files[name] = read_bytes(path, min(most, left))
            left -= len(files[name])
        except NotebookUnreadable as problem:
            refused[name] = problem.why
    return Files(files=files, refused=refused)


def files_in(folder: Path, but: Iterable[str] = ()) -> Iterator[Path]:
    """Files in a folder and what is in their place (links, pipes), the outer before the inner,
    those that may be notebooks first; not what programs leave, nor those of these names right in
    the folder.
    """
    folders, found = deque([(folder, 0)]), 0
    left_out = frozenset(but)
    while folders:
        parent, depth = folders.popleft()
        try:
            names = sorted(os.listdir(parent), key=lambda n: (not may_hold_a_notebook(n), n))
        except OSError:
            continue
        for name in names:
            path = parent / name
            if is_noise(name) or (depth == 0 and name in left_out):
                continue
            found += 1
            if found > MAX_FILES:
                return
            if os.path.isdir(path) and not os.path.islink(path):
                if depth < _MAX_DEPTH:
                    folders.append((path, depth + 1))
            else:
                yield path


def may_hold_a_notebook(name: str) -> bool:
    """Whether a file's name is one that a notebook, or an archive with one, may come under."""
    return name.lower().endswith(_MAY_HOLD_A_NOTEBOOK)


def is_noise(name: str) -> bool:
    """Whether a program has left a file or folder of this name, and no student."""
    return name.startswith((".", "~$")) or name in _NOISE


def shown_name(name: str) -> str:
    """A file's name as one line that can be shown, whatever bytes it is made of."""
    return printable(name.encode("utf-8", "replace").decode("utf-8"), 120)


def hand_in_code(raw: bytes) -> str:
    """A short code of a file's content, such as 7F3A-92C1: by it a student and a TA can tell that
    they mean the same file. It proves nothing: 32 bits of SHA-256.
    """
    digits = hashlib.sha256(raw).hexdigest()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"


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
        handle = os.open(path, os.O_RDONLY | _FLAGS)
    except OSError as problem:
        raise NotebookUnreadable(path, os.strerror(problem.errno or 0)) from problem
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NotebookUnreadable(path, "it is no regular file")
        if status.st_size > most:
            raise NotebookUnreadable(path, f"it is larger than {most / 10**6:g} MB")
        return file.read(most + 1)
