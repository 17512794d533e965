"""Which of the files that a student handed in is graded, and what a TA should know about it.

The file of the expected name where it holds work; else the one that does. What cannot be told for
sure waits for a person: it is no 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from autograder.expect.printable import listed
from autograder.hand_in.at_home import visible_checks
from autograder.hand_in.cells import CHECKS_SUFFIX, KnownCell, bare, grade_id
from autograder.hand_in.files import FOLDER, NOTEBOOK, Files, shown_name
from autograder.hand_in.intake import Found, notebooks_in
from autograder.hand_in.normalize import recognised
from autograder.hand_in.reading import defined_names
from autograder.hand_in.versions import NOT_KNOWN, Versions

_MOST_NAMED: Final = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A submission's notebook as cells, which of its files it is, and that file's hand-in code.

    `ran_with` is what it says of the versions that it ran with, `visible` whether an exercise's
    visible checks ended well at home, both where that is known. `notes` say what everybody should
    know about how it came, `notes_for_ta` what a TA should. `waits` says why a person has to look
    before anything is graded, "" where nobody has to; `ask` what to ask the student for then.
    """

    notebook: NotebookNode
    file: str = ""
    code: str = ""
    ran_with: Versions = NOT_KNOWN
    visible: Mapping[str, bool] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    notes_for_ta: tuple[str, ...] = ()
    waits: str = ""
    ask: str = ""


class _Holds(IntEnum):
    """What a notebook holds, the better the higher."""

    NOTHING_OF_IT = 0
    OTHERS_CELLS = 1
    NO_WORK = 2
    WORK = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class _Candidate:
    found: Found
    notebook: NotebookNode
    holds: _Holds
    work: Mapping[str, str]
    foreign: Sequence[str]
    expected: bool


def receive(
    handed_in: Files, assignment: str, known: Sequence[KnownCell], ids: Mapping[str, str]
) -> Received:
    """The notebook to grade, of all that was handed in; nothing in it raises.

    `known` are the assignment's cells, `ids` maps cell ids of the release to their names.
    """
    wanted = f"{assignment}{NOTEBOOK}"
    found = [one for path, raw in handed_in.files.items() for one in notebooks_in(path, raw)]
    readable = [
        _candidate(one, one.notebook, wanted, known, ids)
        for one in found
        if one.notebook is not None
    ]
    if not readable:
        return _waiting(_why_nothing_to_read(handed_in, found), _ask(wanted))
    best = max(one.holds for one in readable)
    if best is not _Holds.WORK and _unreadable(handed_in, found):
        # The work may be in what could not be read.
        return _waiting(_why_nothing_to_read(handed_in, found), _ask(wanted))
    chosen = [one for one in readable if one.holds == best]
    if best is _Holds.OTHERS_CELLS:
        cells = _listed(chosen[0].foreign)
        why = f"{_names(chosen)} holds the cells of another assignment ({cells})."
        return _waiting(why, f"If this was meant, ask for {wanted}.")
    if best is _Holds.NOTHING_OF_IT:
        why = f"{_names(chosen)} holds no cell of this assignment."
        return _waiting(why, f"Look whether it is the right file, or ask for {wanted}.")
    one = next((candidate for candidate in chosen if candidate.expected), chosen[0])
    differs = [other for other in chosen if dict(other.work) != dict(one.work)]
    if differs and not one.expected:
        why = f"These notebooks hold different answers: {_names([one, *differs])}."
        return _waiting(why, "Ask which one counts, and remove the others from the folder.")
    return Received(
        notebook=one.notebook,
        file=one.found.path,
        code=one.found.code,
        ran_with=one.found.ran_with,
        visible=visible_checks(one.found.ended_well, known, ids),
        notes=tuple(_notes(one, readable, _unreadable(handed_in, found), wanted)),
        notes_for_ta=tuple(_notes_for_ta(one, readable, _unreadable(handed_in, found))),
    )


def _notes(
    one: _Candidate, readable: Sequence[_Candidate], unreadable: Sequence[str], wanted: str
) -> list[str]:
    if one.expected:
        return []
    why = "was not handed in"
    if any(other.expected for other in readable):
        why = "holds no answers"
    elif any(other.startswith(f"{wanted}: ") for other in unreadable):
        why = "could not be read"
    return [f"Graded: {shown_name(one.found.path)}, because {wanted} {why}."]


def _notes_for_ta(
    one: _Candidate, readable: Sequence[_Candidate], unreadable: Sequence[str]
) -> list[str]:
    said = []
    for other in readable:
        if other is one:
            continue
        what = "other answers" if dict(other.work) != dict(one.work) else "the same answers"
        if other.holds is not _Holds.WORK:
            what = "no answers"
        said.append(f"{shown_name(other.found.path)} was handed in too and holds {what}.")
    said += [f"It could not be read: {why}." for why in unreadable[:_MOST_NAMED]]
    if one.found.encoding:
        name = one.found.encoding.removesuffix("-le").removesuffix("-be").upper()
        shown = shown_name(one.found.path)
        said.append(f"{shown} is encoded as {name}, not as UTF-8: something saved it so.")
    return said


def _candidate(
    found: Found,
    notebook: NotebookNode,
    wanted: str,
    known: Sequence[KnownCell],
    ids: Mapping[str, str],
) -> _Candidate:
    by_name = {cell.name: cell for cell in known}
    names = recognised(notebook.cells, by_name, ids)
    work, ours = _work(notebook, names, by_name)
    foreign = [name for name in map(grade_id, notebook.cells) if name and name not in by_name]
    holds = _Holds.NOTHING_OF_IT
    if work:
        holds = _Holds.WORK
    elif ours:
        holds = _Holds.NO_WORK
    elif foreign:
        holds = _Holds.OTHERS_CELLS
    return _Candidate(
        found=found,
        notebook=notebook,
        holds=holds,
        work=work,
        foreign=foreign,
        expected=found.path == wanted,
    )


def _work(
    notebook: NotebookNode, names: Sequence[str], known: Mapping[str, KnownCell]
) -> tuple[dict[str, str], bool]:
    """The answers that are not as they were released, by name, and whether there are any cells of
    the assignment for answers at all.
    """
    work: dict[str, str] = {}
    ours = False
    for cell, name in zip(notebook.cells, names, strict=True):
        if name:
            ours = ours or known[name].is_answer or name.endswith(CHECKS_SUFFIX)
            if known[name].is_answer and bare(cell.source) != bare(known[name].source):
                work[name] = bare(cell.source)
        elif cell.cell_type == "code":
            for defined in defined_names(cell.source):
                if defined in known and known[defined].is_answer:
                    work.setdefault(f"{defined} in a cell of its own", bare(cell.source))
    return work, ours


def _why_nothing_to_read(handed_in: Files, found: Sequence[Found]) -> str:
    if FOLDER in handed_in.refused:
        return f"What was handed in could not be read: {handed_in.refused[FOLDER]}."
    bad = _unreadable(handed_in, found)
    if bad:
        return f"No notebook with answers could be read. {'; '.join(bad[:_MOST_NAMED])}."
    names = [*handed_in.files, *handed_in.refused]
    if names:
        return f"No notebook was handed in, only {_listed(names)}."
    return "Nothing was handed in: the folder is empty."


def _ask(wanted: str) -> str:
    return f"Ask for {wanted}, saved in Jupyter."


def _unreadable(handed_in: Files, found: Sequence[Found]) -> list[str]:
    """What is called a notebook and could not be read as one, each with the reason."""
    bad = [f"{shown_name(one.path)}: {one.why}" for one in found if one.why]
    refused = handed_in.refused.items()
    return bad + [f"{shown_name(name)}: {why}" for name, why in refused if NOTEBOOK in name.lower()]


def _waiting(why: str, ask: str) -> Received:
    return Received(notebook=new_notebook(), waits=why, ask=ask)


def _names(candidates: Sequence[_Candidate]) -> str:
    return _listed([one.found.path for one in candidates])


def _listed(names: Sequence[str]) -> str:
    return listed([shown_name(name) for name in names], _MOST_NAMED)
