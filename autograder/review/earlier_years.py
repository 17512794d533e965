"""Answers of earlier years: notebooks in a folder, or a `submitted/` tree of nbgrader's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from nbformat import NotebookNode

from autograder.course.course import Course
from autograder.errors import KitError, NotebookUnreadable, NotGraded
from autograder.hand_in.cells import KnownCell, bare, cell_ids
from autograder.hand_in.files import (
    check_regular,
    is_noise,
    may_hold_a_notebook,
    read_bytes,
    shown_name,
)
from autograder.hand_in.intake import notebooks_in
from autograder.hand_in.normalize import recognised
from autograder.nbgrader_bridge.gradebook import known_cells
from autograder.review.likeness import Place


class EarlierUnusable(KitError):
    """A folder of an earlier year that holds nothing to compare with."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """Answers of earlier years by exercise and student, as FOLDER/STUDENT; and why files could not
    be read.
    """

    codes: Mapping[Place, Mapping[str, str]]
    unreadable: tuple[str, ...]


def files_of(folders: Sequence[Path]) -> list[tuple[Path, Path]]:
    """The files that may hold notebooks, each with its folder. Raises EarlierUnusable."""
    found = []
    for folder in folders:
        if not folder.is_dir():
            raise EarlierUnusable(
                f"There is no folder {folder}.",
                "Name one that holds an earlier year's notebooks, or its folder submitted/.",
            )
        paths = [(folder.resolve(), path) for path in _files_in(folder.resolve())]
        if not paths:
            raise EarlierUnusable(f"The folder {folder} holds no notebook.")
        found += paths
    return found


def _files_in(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_noise(name))
        for name in sorted(names):
            if may_hold_a_notebook(name) and not is_noise(name):
                yield Path(parent) / name


@dataclass(frozen=True, kw_only=True, slots=True)
class _Assignment:
    known: Mapping[str, KnownCell]
    ids: Mapping[str, str]


def earlier_answers(
    course: Course, files: Sequence[tuple[Path, Path]], seen: Callable[[], None] = lambda: None
) -> Earlier:
    """The answers in these files; `seen` is called for each. A file that cannot be read, or that
    is of none of the course's assignments, is named.
    """
    assignments = dict(_assignments(course))
    codes: dict[Place, dict[str, str]] = {}
    unreadable = []
    for folder, path in files:
        name = path.relative_to(folder)
        try:
            check_regular(path, folder)
            for found in notebooks_in(name.as_posix(), read_bytes(path)):
                if found.notebook is None:
                    raise NotebookUnreadable(path, found.why)
                assignment, answers = _answers(found.notebook, assignments)
                if not answers:
                    raise NotebookUnreadable(path, "it holds no answers to this course's exercises")
                who = f"{folder.name}/{_person(name, assignments)}"
                for exercise, code in answers.items():
                    codes.setdefault((assignment, exercise), {}).setdefault(who, code)
        except NotebookUnreadable as problem:
            unreadable.append(f"{shown_name(f'{folder.name}/{name.as_posix()}')}: {problem.why}")
        seen()
    return Earlier(codes=codes, unreadable=tuple(unreadable))


def _assignments(course: Course) -> Iterator[tuple[str, _Assignment]]:
    for name in course.assignments():
        try:
            known = known_cells(course.db_url, name, name)
        except NotGraded:
            continue  # Not built: nobody can have answered it.
        by_name = {cell.name: cell for cell in known}
        yield name, _Assignment(known=by_name, ids=cell_ids(course.source_notebook(name)))


def _answers(
    notebook: NotebookNode, assignments: Mapping[str, _Assignment]
) -> tuple[str, dict[str, str]]:
    """Which assignment a notebook is of, by most of its answers, and these."""
    best: tuple[str, dict[str, str]] = ("", {})
    for name, assignment in assignments.items():
        found = {}
        cells = recognised(notebook.cells, assignment.known, assignment.ids)
        for cell, exercise in zip(notebook.cells, cells, strict=True):
            known = assignment.known.get(exercise)
            if known is not None and known.is_answer and cell.cell_type == "code":
                code = bare(cell.source)
                if code and code != bare(known.source):
                    found[exercise] = code
        if len(found) > len(best[1]):
            best = name, found
    return best


def _person(name: PurePath, assignments: Mapping[str, _Assignment]) -> str:
    """Whose a file is: `ada` of `ada/2-data/2-data.ipynb`, `submitted/ada/…` and `ada.ipynb`."""
    parts = [*name.parts[:-1], name.stem]
    left = [part for part in parts if part not in assignments and part != "submitted"]
    return "/".join(left) or name.stem
