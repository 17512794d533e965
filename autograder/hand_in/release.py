"""An assignment as students were given it: what of it tells their work from what was there before.

Students' machines have it from the wheel that lies beside the notebook, or that was installed.
"""

from __future__ import annotations

import dataclasses
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from nbformat import NotebookNode

from autograder.hand_in.cells import KnownCell, cell_ids, grade_id, of_nbgrader

WHEEL_PREFIX: Final = "pytorch_course_checks"
# In the wheel, each as ASSIGNMENT.json.
RELEASES: Final = "autograder/hand_in/releases"


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """A released assignment: its named cells in order, which cell ids name which of them, and the
    sources of its cells without a name.
    """

    assignment: str
    known: tuple[KnownCell, ...]
    ids: Mapping[str, str]
    text: frozenset[str]

    @classmethod
    def of(cls, assignment: str, notebook: NotebookNode) -> Self:
        """What a released notebook says of itself."""
        return cls(
            assignment=assignment,
            known=tuple(_known(cell) for cell in notebook.cells if grade_id(cell)),
            ids=cell_ids(notebook),
            text=frozenset(cell.source for cell in notebook.cells if not grade_id(cell)),
        )

    def to_json(self) -> str:
        """The same as a text; equal releases give equal texts."""
        data = {**dataclasses.asdict(self), "text": sorted(self.text)}
        return json.dumps(data, indent=1, sort_keys=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """What `to_json` gave; raises ValueError on anything else."""
        try:
            data: dict[str, Any] = json.loads(text)
            return cls(
                assignment=data["assignment"],
                known=tuple(KnownCell(**cell) for cell in data["known"]),
                ids=data["ids"],
                text=frozenset(data["text"]),
            )
        except (KeyError, TypeError) as problem:
            raise ValueError(f"this is not a release: {problem}") from problem


def _known(cell: NotebookNode) -> KnownCell:
    said = of_nbgrader(cell)
    return KnownCell(
        name=grade_id(cell),
        cell_type=cell.cell_type,
        source=cell.source,
        checksum=said.get("checksum"),
        locked=bool(said.get("locked")),
        grade=bool(said.get("grade")),
        solution=bool(said.get("solution")),
        task=bool(said.get("task")),
        points=said.get("points"),
    )


def releases_for(folder: Path) -> dict[str, Release]:
    """The releases that are at hand for a notebook in `folder`, by assignment: those of wheels that
    lie there come before the installed one's.
    """
    found: dict[str, Release] = {}
    for text in (*_installed(), *_beside(folder)):
        try:
            release = Release.from_json(text)
        except ValueError:
            continue
        found[release.assignment] = release
    return found


def _installed() -> Iterator[bytes]:
    for path in sorted(Path(__file__).with_name("releases").glob("*.json")):
        yield path.read_bytes()


def _beside(folder: Path) -> Iterator[bytes]:
    """Of several wheels of one assignment, the one that was put there last counts."""
    wheels = folder.glob(f"{WHEEL_PREFIX}-*.whl")
    for wheel in sorted(wheels, key=lambda path: path.stat().st_mtime):
        try:
            with zipfile.ZipFile(wheel) as packed:
                for name in packed.namelist():
                    if name.startswith(f"{RELEASES}/"):
                        yield packed.read(name)
        except (OSError, zipfile.BadZipFile):
            continue
