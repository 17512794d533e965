"""After which cell each exercise is asked, and what a reader should know of cells below it.

An exercise is asked as its visible check saw the notebook (see `in_sandbox.moments`). Where that
saw nothing but the stub, or the answer's own cell raised, a later cell that defines the answer
stands for it: here is read where that may be, and the kernel knows where it is so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.expect.printable import printable
from autograder.hand_in.reading import bound_names, function_names, is_unanswered
from autograder.in_sandbox.moments import PATCHED, SETTINGS
from autograder.judge.records import Cell
from autograder.kernel.session import CellStatus
from autograder.results import Reader, Sentence

_RAISED = "raised in its own cell"
_STOPPED = "was stopped in its own cell"
_UNDEFINED = "is not defined in its own cell"
_RESET = re.compile(r"^\s*%reset\b", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The exercises that are asked after a cell, and earlier ones that it may answer `again`.

    Of these the own cells of some `raised`. Whether it does answer one, the kernel knows.
    """

    exercises: tuple[str, ...]
    again: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class _Changed:
    """What the kernel says of an exercise: what later cells changed, and its own cell."""

    names: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    cell: int = -1


class MomentsOfExercises:
    """Follows one run of the cells."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self.places = {cell.name: index for index, cell in enumerate(cells)}
        self.checked: dict[str, int] = {}
        self.doubtful: dict[str, str] = {}

    def asked_after(self, index: int, ended: Callable[[int], CellStatus | None]) -> Asked | None:
        """What is to be kept of the cell at `index`, None where that is nothing.

        Called after each cell; `ended` says how the one at a place did, None where it did not run.
        """
        cell = self.cells[index]
        again = [name for name in self.doubtful if name in cell.source]
        raised = [name for name in again if self.doubtful[name] in (_RAISED, _STOPPED)]
        for exercise in cell.checked:
            self.checked[exercise] = index
            why = self._why_doubtful(exercise, ended)
            if why:
                self.doubtful[exercise] = why
        if not (cell.checked or again):
            return None
        return Asked(exercises=cell.checked, again=tuple(again), raised=tuple(raised))

    def _why_doubtful(self, exercise: str, ended: Callable[[int], CellStatus | None]) -> str:
        place = self.places.get(exercise)
        if place is None:
            return "has no cell of its own"
        status = ended(place)
        if status in (CellStatus.TIMEOUT, CellStatus.DIED):
            return _STOPPED
        if status is CellStatus.ERROR:
            return _RAISED
        source = self.cells[place].source
        if is_unanswered(source):
            return "is not filled in in its own cell"
        # Some exercises are called after what their functions do together.
        return "" if {exercise, *function_names(source)} & bound_names(source) else _UNDEFINED

    def notes_on(self, told: Any) -> list[Sentence]:
        """What the kernel says that later cells changed, in words; it may say anything."""
        changed = {exercise: _told_of(told, exercise) for exercise in self.checked}
        return [*self._of_later_answers(changed), *self._of_names(changed), *_of_settings(changed)]

    def _of_later_answers(self, changed: Mapping[str, _Changed]) -> Iterator[Sentence]:
        for exercise, why in self.doubtful.items():
            cell = changed[exercise].cell
            if self.checked[exercise] < cell < len(self.cells):
                where = in_words(self.cells[cell])
                yield Sentence(text=f"{exercise} {why}: what {where} defines was judged.")

    def _of_names(self, changed: Mapping[str, _Changed]) -> Iterator[Sentence]:
        taken: dict[str, list[str]] = {}
        for exercise, what in changed.items():
            place = self.places.get(exercise)
            answer = self.cells[place].source if place is not None else ""
            for name in dict.fromkeys([exercise, *function_names(answer)]):
                if name in what.names:
                    who = self._who_took(name, max(self.checked[exercise], what.cell))
                    taken.setdefault(who, []).append(printable(name))
        for who, names_taken in taken.items():
            listed = ", ".join(dict.fromkeys(names_taken))
            yield Sentence(
                text=f"{who} took the name of an answer for something else, or took it away: "
                f"{listed}. Your answer above it was judged."
            )

    def _who_took(self, name: str, after: int) -> str:
        for cell in self.cells[after + 1 :]:
            # %reset takes all names away, and names none.
            if name in bound_names(cell.source) or _RESET.search(cell.source):
                return _capital(in_words(cell))
        return "A later cell"


def in_words(cell: Cell) -> str:
    """A cell in a sentence: by its place, as it is called, or by its grade_id."""
    return cell.name if cell.name.startswith("cell ") else f"the cell {cell.name}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _told_of(told: Any, exercise: str) -> _Changed:
    of_one = told.get(exercise) if isinstance(told, dict) else None
    if not (isinstance(of_one, tuple) and len(of_one) == 3):
        return _Changed()
    names, settings, cell = of_one
    return _Changed(
        names=_texts(names), settings=_texts(settings), cell=cell if type(cell) is int else -1
    )


def _texts(value: Any) -> frozenset[str]:
    texts = value if isinstance(value, list) else []
    return frozenset(text for text in texts if isinstance(text, str))


def _of_settings(changed: Mapping[str, _Changed]) -> Iterator[Sentence]:
    others = {name for what in changed.values() for name in what.settings}
    told = [setting.name for setting in SETTINGS if setting.told and setting.name in others]
    rest = [s.name for s in SETTINGS if not s.told and s.name in others]
    for names, reader in ((told, Reader.STUDENT), (rest, Reader.TA)):
        if names:
            text = f"Later cells changed {', '.join(names)}; this was undone for the answers above."
            yield Sentence(text=text, reader=reader)
    if PATCHED in others:
        text = f"A later cell replaced {PATCHED}; this was undone for the answers above."
        yield Sentence(text=text, reader=Reader.TA)
