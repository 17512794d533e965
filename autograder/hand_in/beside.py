"""The files that a student handed in beside the notebook that is graded."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from autograder.hand_in.files import MAX_HELPER_BYTES, Files, is_noise

_MOST: Final = 50
_MAX_MEMBERS: Final = 500
# A path that every file system takes, and that leads nowhere else.
_PART: Final = re.compile(r"[\w()+,=@-][\w ()+,.=@-]{0,99}")
_MAX_DEPTH: Final = 5


def files_beside(files: Files, graded: str, taken: Collection[str] = ()) -> dict[str, bytes]:
    """What lies beside the graded notebook and in folders there, by its path from there, also in
    its archive. No path leads out of the folder, none is both a file and a folder, and none is in
    the way of those that are `taken`.
    """
    if graded in files.files:
        folder = PurePosixPath(graded).parent
        found = _below(folder, files.files)
    else:
        archive = next((name for name in files.files if graded.startswith(f"{name}/")), "")
        inner = PurePosixPath(graded[len(archive) + 1 :]).parent
        found = _below(inner, dict(_members(files.files.get(archive, b""))))
    found.pop(PurePosixPath(graded).name, None)
    return _that_fit(found, taken)


def _below(folder: PurePosixPath, files: Mapping[str, bytes]) -> dict[str, bytes]:
    paths = {name: PurePosixPath(name) for name in files}
    return {
        path.relative_to(folder).as_posix(): files[name]
        for name, path in paths.items()
        if path.is_relative_to(folder)
    }


def _members(raw: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.infolist()[:_MAX_MEMBERS]:
                if not member.is_dir() and member.file_size <= MAX_HELPER_BYTES:
                    with archive.open(member) as file:
                        content = file.read(MAX_HELPER_BYTES + 1)
                    if len(content) <= MAX_HELPER_BYTES:
                        yield member.filename, content
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return


def _that_fit(found: Mapping[str, bytes], taken: Collection[str]) -> dict[str, bytes]:
    kept: dict[str, bytes] = {}
    names = set(taken)
    folders = {folder for name in taken for folder in _folders_of(name)}
    for name, content in found.items():
        above = _folders_of(name)
        if _is_plain(name) and name not in names | folders and not above & names:
            kept[name] = content
            names.add(name)
            folders |= above
        if len(kept) == _MOST:
            break
    return kept


def _folders_of(name: str) -> set[str]:
    return {str(folder) for folder in PurePosixPath(name).parents} - {"."}


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    plain = all(_PART.fullmatch(part) and not is_noise(part) for part in parts)
    return plain and len(parts) <= _MAX_DEPTH
