"""The notebook of what a student handed in, read so that nothing in it can stop a class.

Only cells are kept: their kind, source, id and grade_id. All else is rebuilt later.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from autograder.course.cells import KINDS, new_cell
from autograder.course.handed_in import FOLDER, NOTEBOOK, HandedIn
from autograder.errors import NotebookUnreadable

MAX_CELLS = 2_000
MAX_SOURCE_CHARS = 1_000_000
MAX_CHARS_IN_ALL = 20_000_000
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
# What XML and nbformat's own readers stumble over; tabs and line ends stay. U+0085, U+2028 and
# U+2029 end no line for Python but do for IPython: a comment that holds one breaks its cell.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A submission's notebook as cells, which of its files it is, and what a reader should know
    about how it came.
    """

    notebook: NotebookNode
    file: str = ""
    note: str = ""


def receive(handed_in: HandedIn, assignment: str) -> Received:
    """The notebook of the right name, or the only other one; an empty one with the reason where
    there is none that can be read.
    """
    wanted = f"{assignment}{NOTEBOOK}"
    name, note = wanted, ""
    all_names = [*handed_in.files, *handed_in.refused]
    if wanted not in all_names and FOLDER not in handed_in.refused:
        others = [name for name in all_names if name.endswith(NOTEBOOK)]
        if len(others) == 1:
            name = others[0]
            note = f"The notebook was handed in under another name than {wanted}."
        elif not others:
            note = f"No notebook named {wanted} was handed in."
    try:
        return Received(notebook=read_notebook(handed_in, name), file=name, note=note)
    except NotebookUnreadable as problem:
        return Received(notebook=new_notebook(), note=note or str(problem))


def read_notebook(handed_in: HandedIn, name: str) -> NotebookNode:
    """The cells of a notebook file, whatever else is wrong with it; raises NotebookUnreadable."""
    raw = handed_in.files.get(name)
    if raw is None:
        why = handed_in.refused.get(name) or handed_in.refused.get(FOLDER)
        raise NotebookUnreadable(name, why or "there is no such file")
    if not raw.strip():
        raise NotebookUnreadable(name, "the file is empty")
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotebookUnreadable(name, _guess_kind(raw)) from None
    return rebuilt(data, Path(name))


def _guess_kind(raw: bytes) -> str:
    if raw[:2] == b"PK":
        return "it is a ZIP archive"
    if b"<<<<<<<" in raw and b">>>>>>>" in raw:
        return "it holds the marks of a merge conflict"
    if raw.lstrip()[:1] not in (b"{", b"["):
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
    grade_id = _grade_id(data.get("metadata"))
    metadata = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    cell = new_cell(kind, source, cell_id=cell_id, metadata=metadata)
    taken.add(cell["id"])
    return cell


def _source(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    text = source[:MAX_SOURCE_CHARS].encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def _grade_id(metadata: Any) -> str:
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    if not isinstance(grade_id, str) or len(grade_id) > 200:
        return ""
    return grade_id.encode("utf-8", "replace").decode("utf-8")
