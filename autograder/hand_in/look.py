"""A hand-in looked at before it is handed in, with the eyes of the intake. Nothing of it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from autograder.errors import KitError, MissingFile
from autograder.hand_in.candidates import Received, receive
from autograder.hand_in.cells import KnownCell, bare, grade_id
from autograder.hand_in.files import NOTEBOOK, Files, files_in, read_files
from autograder.hand_in.intake import notebooks_in
from autograder.hand_in.normalize import normalized, recognised
from autograder.hand_in.reading import is_unanswered, why_not_python
from autograder.hand_in.release import WHEEL_PREFIX, Release, releases_for
from autograder.hand_in.written import written_elsewhere


class NotKnown(KitError):
    """A file of no assignment that is known on this machine."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What would be graded, and what a student may want to mend first. `size` is in bytes.

    Exercises by name: `answers` are all that are filled in with code, `unanswered` those that are
    not yet, `missing` those without a cell, `broken` those that are not Python, with the reason,
    `untagged` those whose cell has lost its name and is known by what it defines. `questions` are
    all that are answered in words, `unwritten` those that are not yet. `put_back` are cells of the
    assignment's own that were changed or deleted: grading has them as they were released.
    """

    release: Release
    received: Received
    size: int
    answers: Sequence[str] = ()
    unanswered: Sequence[str] = ()
    missing: Sequence[str] = ()
    broken: Mapping[str, str] = field(default_factory=dict)
    untagged: Sequence[str] = ()
    questions: Sequence[str] = ()
    unwritten: Sequence[str] = ()
    put_back: Sequence[str] = ()

    @property
    def wanted(self) -> str:
        """The name that the file should have."""
        return f"{self.release.assignment}{NOTEBOOK}"


def look_at(path: Path, assignment: str = "") -> Looked:
    """What would be graded of a file, or of a folder with all that is to be handed in.

    `assignment` says which one it is for; without it, its cells do. Raises NotKnown and
    MissingFile.
    """
    folder, files = read(path)
    release = release_of(files, folder, assignment)
    received = receive(files, release.assignment, release.known, release.ids)
    size = sum(len(raw) for raw in files.files.values())
    if received.waits:
        return Looked(release=release, received=received, size=size)
    return _seen(release, received, size)


def read(path: Path) -> tuple[Path, Files]:
    """The folder that a path names or lies in, and the files at it; raises MissingFile."""
    path = path.absolute()
    if path.is_dir():
        return path, read_files(files_in(path), path, path)
    if not path.exists():
        mend = "Name the notebook's file; in JupyterLab it stands in the list on the left."
        raise MissingFile(path.name, "what you hand in", mend)
    return path.parent, read_files([path], path.parent, path.parent)


def release_of(files: Files, folder: Path, assignment: str = "") -> Release:
    """The release that these files, of this folder, belong to.

    Raises NotKnown where that cannot be told, and for an assignment that is not known.
    """
    known = releases_for(folder)
    if assignment:
        if assignment not in known:
            raise _not_known(f"{assignment} is not an assignment that is known here", known)
        return known[assignment]
    held = [
        {grade_id(cell) for cell in one.notebook.cells}
        for path, raw in files.files.items()
        for one in notebooks_in(path, raw)
        if one.notebook is not None
    ]
    fits = {name: _fit(files, held, release) for name, release in known.items()}
    best = max(fits.values(), default=(0, False))
    found = [name for name, fit in fits.items() if fit == best]
    if len(found) != 1 or best == (0, False):
        if len(known) == 1:
            return next(iter(known.values()))
        raise _not_known("Which assignment this is for cannot be told", known)
    return known[found[0]]


def _not_known(fact: str, known: Mapping[str, Release]) -> NotKnown:
    names = ", ".join(sorted(known))
    said = f"{fact}: known are {names}." if names else f"{fact}: no assignment is."
    mend = f"Put the file {WHEEL_PREFIX}-….whl that came with the notebook beside it."
    return NotKnown(said, mend)


def _fit(files: Files, held: Sequence[set[str]], release: Release) -> tuple[int, bool]:
    """How many cells of a release one of the notebooks holds, and whether a file is called like
    it. `held` are the notebooks' cells by their names.
    """
    named = {cell.name for cell in release.known}
    cells = max((len(named & names) for names in held), default=0)
    return cells, any(Path(path).name.startswith(release.assignment) for path in files.files)


def _seen(release: Release, received: Received, size: int) -> Looked:
    handed_in = received.notebook.cells
    by_name = {cell.name: cell for cell in release.known}
    names = recognised(handed_in, by_name, release.ids)
    cells = {name: cell for name, cell in zip(names, handed_in, strict=True) if name}
    answers = [cell for cell in release.known if cell.is_answer and cell.cell_type == "code"]
    # A task's own text is not the answer to it.
    questions = [c for c in release.known if c.is_answer and c.cell_type != "code" and not c.task]
    filled = {cell.name: cells[cell.name].source for cell in answers if cell.name in cells}
    elsewhere = written_elsewhere(
        normalized(handed_in, release.known, release.ids), release.known, release.text
    )
    problems = {name: why_not_python(source) for name, source in filled.items()}
    return Looked(
        release=release,
        received=received,
        size=size,
        answers=[cell.name for cell in answers],
        unanswered=[
            name
            for name, source in filled.items()
            if bare(source) == bare(by_name[name].source) or is_unanswered(source)
        ],
        missing=[cell.name for cell in answers if cell.name not in cells],
        broken={name: why for name, why in problems.items() if why},
        untagged=[name for name in filled if grade_id(cells[name]) != name],
        questions=[cell.name for cell in questions],
        unwritten=[
            cell.name
            for cell in questions
            if cell.name not in elsewhere
            and (cell.name not in cells or _is_as_released(cells[cell.name], cell))
        ],
        put_back=[
            cell.name
            for cell in release.known
            if cell.locked
            and (cell.name not in cells or not _is_as_released(cells[cell.name], cell))
        ],
    )


def _is_as_released(cell: NotebookNode, known: KnownCell) -> bool:
    return bare(cell.source) == bare(known.source) and not cell.get("attachments")
