"""The notebooks in what a student handed in, read so that nothing in them can stop a class.

Only cells are kept: their kind, source, id, grade_id and pasted pictures. All else is rebuilt
later. Which of several notebooks is graded says `candidates`.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from autograder.errors import NotebookUnreadable
from autograder.hand_in.at_home import ended_well
from autograder.hand_in.cells import KINDS, new_cell
from autograder.hand_in.files import (
    MAX_BYTES,
    NOTEBOOK,
    hand_in_code,
    is_noise,
    may_hold_a_notebook,
)
from autograder.hand_in.pictures import pasted_pictures
from autograder.hand_in.raw import raw_grade_id
from autograder.hand_in.versions import NOT_KNOWN, Versions, versions_in

MAX_CELLS = 2_000
MAX_SOURCE_CHARS = 1_000_000
MAX_CHARS_IN_ALL = 20_000_000
_MAX_MEMBERS: Final = 500
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
# What XML and nbformat's own readers stumble over; tabs and line ends stay. U+0085, U+2028 and
# U+2029 end no line for Python but do for IPython: a comment that holds one breaks its cell.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
_ZIP: Final = b"PK\x03\x04"
# What a file is that holds no notebook, by how it begins, and what to do.
_OTHER_KINDS: Final = (
    (b"%pdf", "it is a PDF"),
    (b"<!doctype html", "it is an exported web page"),
    (b"<html", "it is an exported web page"),
    (b"{\\rtf", "it is a text document"),
)
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A file that is a notebook, or is called one: `path` says where it lies, also in an archive.

    `code` is its hand-in code, `ran_with` what its outputs say of Python and PyTorch, `ended_well`
    what they say of its cells (see `at_home`). `why` says why it could not be read, "" where it
    could; `encoding` is its own where that is not UTF-8.
    """

    path: str
    code: str = ""
    ran_with: Versions = NOT_KNOWN
    ended_well: Mapping[str, bool] = field(default_factory=dict)
    notebook: NotebookNode | None = None
    why: str = ""
    encoding: str = ""


def notebooks_in(path: str, raw: bytes) -> Iterator[Found]:
    """The notebook that a file is, or those that lie in it where it is an archive.

    Nothing for a file that neither is a notebook nor is called one.
    """
    if raw.startswith(_ZIP):
        yield from _in_archive(path, raw)
        return
    called = may_hold_a_notebook(path) and NOTEBOOK in path.lower()
    if not called and not _looks_like_one(raw):
        return
    try:
        text, encoding = _decoded(path, raw)
        data = _parsed(path, text, raw)
        yield Found(
            path=path,
            code=hand_in_code(raw),
            ran_with=versions_in(data),
            notebook=rebuilt(data, Path(path)),
            ended_well=ended_well(data),
            encoding=encoding,
        )
    except NotebookUnreadable as problem:
        yield Found(path=path, why=problem.why)


def _looks_like_one(raw: bytes) -> bool:
    if not _begins_with(raw[:200], b"{"):
        return False
    narrow = raw.replace(b"\0", b"")
    return any(key in narrow for key in (b'"cells"', b'"worksheets"', b'"nbformat"'))


def _begins_with(raw: bytes, characters: bytes) -> bool:
    """Whether the first character is one of these, in any encoding, behind its mark and blanks."""
    first = raw.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1]
    return bool(first) and first in characters


def _in_archive(path: str, raw: bytes) -> Iterator[Found]:
    """Notebooks one level deep in a ZIP archive; of one without any, why there is none."""
    found = False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            left = MAX_BYTES
            for member in archive.infolist()[:_MAX_MEMBERS]:
                name = member.filename
                if member.is_dir() or any(is_noise(part) for part in PurePosixPath(name).parts):
                    continue
                if not may_hold_a_notebook(name) or member.file_size > left:
                    continue
                with archive.open(member) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    break
                if not content.startswith(_ZIP):
                    for one in notebooks_in(f"{path}/{name}", content):
                        found = True
                        yield one
    except RuntimeError:  # zipfile's, for a password
        yield Found(path=path, why="it is a ZIP archive with a password")
        return
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        if may_hold_a_notebook(path):
            yield Found(path=path, why="it is a damaged ZIP archive")
        return
    if not found and may_hold_a_notebook(path):
        yield Found(path=path, why="it is a ZIP archive without a notebook")


def _decoded(path: str, raw: bytes) -> tuple[str, str]:
    """A file's text, and its encoding where that is not UTF-8."""
    if not raw.strip():
        raise NotebookUnreadable(path, "the file is empty")
    marked = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "")
    half = len(raw[:400]) // 4
    wide = "utf-16-le" if raw[1:400:2].count(0) > half else ""
    wide = wide or ("utf-16-be" if raw[0:400:2].count(0) > half else "")
    for encoding in (marked, wide, "utf-8-sig", "cp1252", "latin-1"):
        try:
            if encoding:
                return raw.decode(encoding), "" if encoding == "utf-8-sig" else encoding
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads any bytes")


def _parsed(path: str, text: str, raw: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NotebookUnreadable(path, _guess_kind(raw)) from None


def _guess_kind(raw: bytes) -> str:
    if b"<<<<<<<" in raw and b">>>>>>>" in raw:
        return "it holds the marks of a merge conflict"
    start = raw[:100].lstrip().lower()
    for begins, kind in _OTHER_KINDS:
        if start.startswith(begins):
            return kind
    if not _begins_with(raw, b"{["):
        return "it is no JSON (was it exported as a script or saved as text?)"
    return "its JSON is damaged"


def rebuilt(data: Any, path: Path = Path("notebook.ipynb")) -> NotebookNode:
    """A notebook of the cells in `data`, with nothing else of it; raises NotebookUnreadable.

    Given its own result, it gives the same again.
    """
    if not isinstance(data, dict):
        raise NotebookUnreadable(path, "it holds no cells")
    if data.get("nbformat") in (2, 3) or "worksheets" in data:
        data = _upgraded(path, data)
    cells = data.get("cells")
    if not isinstance(cells, list):
        raise NotebookUnreadable(path, "it holds no cells")
    if len(cells) > MAX_CELLS:
        raise NotebookUnreadable(path, f"it has more than {MAX_CELLS:,} cells")
    taken: set[str] = set()
    kept = [cell for cell in (_cell(cell, taken) for cell in cells) if cell is not None]
    if sum(len(cell.source) for cell in kept) > MAX_CHARS_IN_ALL:
        raise NotebookUnreadable(
            path, f"its cells hold more than {MAX_CHARS_IN_ALL:,} characters of text and code"
        )
    return new_notebook(cells=kept)


def _upgraded(path: Path, data: dict[str, Any]) -> dict[str, Any]:
    try:
        node = nbformat.from_dict(data)
        return dict(nbformat.convert(node, 4))
    except Exception as problem:
        raise NotebookUnreadable(path, "its old format could not be converted") from problem


def _cell(data: Any, taken: set[str]) -> NotebookNode | None:
    """`taken` are the ids of the cells before: nbformat will refuse an id that stands twice."""
    if not isinstance(data, dict):
        return None
    kind = data.get("cell_type")
    source = _source(data.get("source"))
    if not isinstance(kind, str) or kind not in KINDS or source is None:
        return None
    cell_id = data.get("id")
    if not isinstance(cell_id, str) or not _CELL_ID.fullmatch(cell_id) or cell_id in taken:
        cell_id = ""
    grade_id = raw_grade_id(data)
    metadata = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    cell = new_cell(kind, source, cell_id=cell_id, metadata=metadata)
    pictures = pasted_pictures(data.get("attachments")) if kind == "markdown" else {}
    if pictures:
        cell["attachments"] = NotebookNode(pictures)
    taken.add(cell["id"])
    return cell


def _source(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    text = source[:MAX_SOURCE_CHARS].encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub("", text.replace("\r\n", "\n"))
