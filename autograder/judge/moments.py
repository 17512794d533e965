"""After which cell each exercise is asked, and what a reader should know of cells below it.

An exercise is asked as its visible check saw the notebook (see `in_sandbox.moments`). Where that
saw nothing but the stub, or the answer's own cell raised, a later cell that defines the answer
stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from autograder.expect.words import printable
from autograder.in_sandbox.moments import PATCHED, SETTINGS
from autograder.judge.reading import bound_names, defined_names, function_names, is_unanswered
from autograder.judge.records import Cell
from autograder.results import Reader, Sentence


class MomentsOfExercises:
    """Follows one run of the cells."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self.places = {cell.name: index for index, cell in enumerate(cells)}
        self.kept: dict[str, int] = {}
        self.unanswered: dict[str, str] = {}

    def asked_after(self, index: int, ran_through: Callable[[int], bool]) -> list[str]:
        """The exercises that are to be asked with the names as the cell at `index` left them.

        Called after each cell; `ran_through` says whether the one at a place raised nothing.
        """
        again = [name for name in self.unanswered if self._answers(name, index)]
        for exercise in self.cells[index].checked:
            why = self._why_unanswered(exercise, ran_through)
            if why:
                self.unanswered[exercise] = why
        asked = [*self.cells[index].checked, *again]
        self.kept.update(dict.fromkeys(asked, index))
        return asked

    def _why_unanswered(self, exercise: str, ran_through: Callable[[int], bool]) -> str:
        place = self.places.get(exercise)
        if place is None:
            return "has no cell of its own"
        if not ran_through(place):
            return "raised in its own cell"
        source = self.cells[place].source
        if is_unanswered(source):
            return "is not filled in in its own cell"
        return "" if exercise in bound_names(source) else "is not defined in its own cell"

    def _answers(self, exercise: str, index: int) -> bool:
        """Whether a cell defines the answer anew. A function's own result, as in `test = test(…)`,
        does not.
        """
        source = self.cells[index].source
        if exercise not in source or is_unanswered(source):
            return False
        earlier = [self.places.get(exercise), self.kept.get(exercise)]
        sources = [source, *(self.cells[place].source for place in earlier if place is not None)]
        is_function = any(exercise in function_names(code) for code in sources)
        return exercise in (function_names(source) if is_function else defined_names(source))

    def notes_on(self, told: Any) -> list[Sentence]:
        """What the kernel says that later cells changed, in words; it may say anything."""
        changed = {e: _told_of(told, e) for e in self.kept}
        return [*self._of_later_answers(), *self._of_names(changed), *_of_settings(changed)]

    def _of_later_answers(self) -> Iterator[Sentence]:
        for exercise, why in self.unanswered.items():
            place = self.kept[exercise]
            if exercise not in self.cells[place].checked:
                where = in_words(self.cells[place])
                yield Sentence(text=f"{exercise} {why}: what {where} defines was judged.")

    def _of_names(self, changed: Mapping[str, tuple[set[str], set[str]]]) -> Iterator[Sentence]:
        taken: dict[str, list[str]] = {}
        for exercise, (names, _settings) in changed.items():
            place = self.places.get(exercise)
            answer = self.cells[place].source if place is not None else ""
            for name in dict.fromkeys([exercise, *defined_names(answer)]):
                if name in names:
                    who = self._who_took(name, self.kept[exercise])
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
            if name in bound_names(cell.source) or cell.source.lstrip().startswith("%reset"):
                return _capital(in_words(cell))
        return "A later cell"


def in_words(cell: Cell) -> str:
    """A cell in a sentence: by its place, as it is called, or by its grade_id."""
    return cell.name if cell.name.startswith("cell ") else f"the cell {cell.name}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _told_of(told: Any, exercise: str) -> tuple[set[str], set[str]]:
    of_one = told.get(exercise) if isinstance(told, dict) else None
    if not (isinstance(of_one, tuple) and len(of_one) == 2):
        return set(), set()
    names, settings = ({x for x in part if isinstance(x, str)} for part in map(_listed, of_one))
    return names, settings


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _of_settings(changed: Mapping[str, tuple[set[str], set[str]]]) -> Iterator[Sentence]:
    others = {name for _names, settings in changed.values() for name in settings}
    told = [setting.name for setting in SETTINGS if setting.told and setting.name in others]
    rest = [s.name for s in SETTINGS if not s.told and s.name in others]
    for names, reader in ((told, Reader.STUDENT), (rest, Reader.TA)):
        if names:
            text = f"Later cells changed {', '.join(names)}; this was undone for the answers above."
            yield Sentence(text=text, reader=reader)
    if PATCHED in others:
        text = f"A later cell replaced {PATCHED}; this was undone for the answers above."
        yield Sentence(text=text, reader=Reader.TA)
