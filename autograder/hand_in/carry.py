"""Answers carried from an old notebook into a new edition of the same assignment."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import nbformat
from nbformat import NotebookNode

from autograder.errors import KitError
from autograder.hand_in.candidates import receive
from autograder.hand_in.cells import CHECKS_SUFFIX, bare, grade_id, new_cell
from autograder.hand_in.look import read, release_of
from autograder.hand_in.normalize import recognised
from autograder.hand_in.reading import is_unanswered, parameters
from autograder.hand_in.release import Release, releases_for

_TOP: Final = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """What became of the old notebook's answers, by the names of their cells.

    `carried` stand in the new notebook now, `kept` had another answer there already, `dropped` have
    no cell there. `changed` are those of `carried` whose function has other parameters in the new
    edition, with these. `own` is how many of the student's own cells came along.
    """

    assignment: str
    carried: Sequence[str] = ()
    kept: Sequence[str] = ()
    dropped: Sequence[str] = ()
    changed: Mapping[str, str] = field(default_factory=dict)
    own: int = 0


class NotCarried(KitError):
    """A notebook that answers cannot be carried from or into."""

    exit_code = 2


def carry(old: Path, new: Path) -> Carried:
    """Writes the answers of `old` into the notebook `new`, where that is as it was released.

    Other cells stay as they are. The student's own cells are put behind the cell that they stood
    behind. Raises NotCarried, and what finding the release raises; then nothing has changed.
    """
    new = new.absolute()
    if old.absolute() == new:
        mend = "Name the old notebook first, then the new one."
        raise NotCarried(f"{new.name} is both the old notebook and the new one.", mend)
    folder, files = read(new)
    release = release_of(files, folder)
    target = _target(new)
    done = _Carrying(release, *_source(old, release), target).done()
    if done.carried or done.own:
        _write(target, new)
    return done


def _target(new: Path) -> NotebookNode:
    try:
        # Not by the intake: all that the new notebook is beside its cells has to stay.
        return nbformat.reads(new.read_bytes().decode("utf-8"), as_version=4)
    except Exception as problem:
        mend = "Take the new edition as it was handed out."
        raise NotCarried(f"{new.name} could not be read as a notebook.", mend) from problem


def _source(old: Path, release: Release) -> tuple[Release | None, Sequence[NotebookNode]]:
    """The old notebook's own edition, where that is known, and its cells."""
    folder, files = read(old)
    received = receive(files, release.assignment, release.known, release.ids)
    if received.waits:
        raise NotCarried(f"No answers can be carried from {old.name}: {received.waits}")
    return releases_for(folder).get(release.assignment), received.notebook.cells


class _Carrying:
    """One carrying, from the cells of an old notebook into a new one."""

    def __init__(
        self,
        release: Release,
        before: Release | None,
        old: Sequence[NotebookNode],
        new: NotebookNode,
    ) -> None:
        self.release = release
        self.known = {cell.name: cell for cell in release.known}
        self.before = {cell.name: cell for cell in before.known} if before else self.known
        self.text = {bare(text) for text in release.text | (before.text if before else set())}
        self.new = new
        self.places = recognised(new.cells, self.known, release.ids)
        self.old = list(zip(recognised(old, self.known, release.ids), old, strict=True))

    def done(self) -> Carried:
        carried: list[str] = []
        kept: list[str] = []
        changed: dict[str, str] = {}
        answers = {name: cell for name, cell in self.old if name and self._is_answer(name, cell)}
        for place, there in zip(self.places, self.new.cells, strict=True):
            answer = answers.get(place)
            if answer is None or bare(answer.source) == bare(there.source):
                continue
            if bare(there.source) != bare(self.known[place].source):
                kept.append(place)
                continue
            changed |= _other_parameters(place, there, answer)
            _put(answer, there)
            carried.append(place)
        return Carried(
            assignment=self.release.assignment,
            carried=carried,
            kept=kept,
            dropped=[
                *(name for name in answers if name not in self.places),
                *(grade_id(cell) for _, cell in self.old if self._is_of_no_exercise(cell)),
            ],
            changed=changed,
            own=self._put_own(),
        )

    def _is_of_no_exercise(self, cell: NotebookNode) -> bool:
        """Whether it is an answer to what the new edition does not ask."""
        name = grade_id(cell)
        if not name or name in self.known:
            return False
        if name in self.before:
            return self._is_answer(name, cell)
        # Nothing is known of the old edition, and the intake keeps no more than a cell's name.
        return not name.endswith(CHECKS_SUFFIX) and not is_unanswered(cell.source)

    def _is_answer(self, name: str, cell: NotebookNode) -> bool:
        """Whether it is a cell for an answer, in either edition, and has one."""
        editions = [known[name] for known in (self.known, self.before) if name in known]
        if not any(known.is_answer for known in editions):
            return False
        if cell.get("attachments"):
            return True
        stubs = {"", *(bare(known.source) for known in editions)}
        return bare(cell.source) not in stubs and not (
            cell.cell_type == "code" and is_unanswered(cell.source)
        )

    def _put_own(self) -> int:
        """Puts the student's own cells behind the cell that they stood behind; how many."""
        there = {bare(cell.source) for cell in self.new.cells} | self.text | {""}
        ids = {cell.get("id") for cell in self.new.cells}
        behind: dict[str, list[NotebookNode]] = {}
        last = _TOP
        for name, cell in self.old:
            last = name or last
            own = not name and not grade_id(cell)
            if own and cell["id"] not in ids and bare(cell.source) not in there:
                behind.setdefault(last, []).append(cell)
        for name, cells in behind.items():
            at = self.places.index(name) + 1 if name in self.places else 0
            self.new.cells[at:at] = [self._copy(cell) for cell in cells]
            self.places[at:at] = [_TOP] * len(cells)
        return sum(map(len, behind.values()))

    def _copy(self, cell: NotebookNode) -> NotebookNode:
        made = _put(cell, new_cell(cell.cell_type, ""))
        if (self.new.nbformat, self.new.nbformat_minor) < (4, 5):
            del made["id"]
        return made


def _put(answer: NotebookNode, there: NotebookNode) -> NotebookNode:
    there.source = answer.source
    if there.cell_type == "code":
        there.outputs, there.execution_count = [], None
    if answer.get("attachments"):
        there["attachments"] = answer["attachments"]
    return there


def _other_parameters(name: str, stub: NotebookNode, answer: NotebookNode) -> dict[str, str]:
    """The function as the new edition has it, by its name, where its parameters are others."""
    if stub.cell_type != "code":
        return {}
    now, was = parameters(stub.source).get(name), parameters(answer.source).get(name)
    return {} if now is None or was is None or now == was else {name: f"{name}({now})"}


def _write(notebook: NotebookNode, path: Path) -> None:
    """The old file stands until the new one is whole."""
    text = nbformat.writes(notebook) + "\n"
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".carry-") as folder:
        made = Path(folder) / path.name
        made.write_text(text, encoding="utf-8")
        shutil.copymode(path, made)
        os.replace(made, path)
