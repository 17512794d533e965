"""Written answers that do not stand in their own cell: in a new one beside it, or in one that was
merged with the question. A person reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nbformat import NotebookNode

from autograder.hand_in.cells import KnownCell, bare, grade_id

# A text of the assignment's that is shorter is not looked for at the start of a student's.
_LONG_ENOUGH = 20


def written_elsewhere(
    notebook: NotebookNode, known: Sequence[KnownCell], text: frozenset[str]
) -> dict[str, list[str]]:
    """By grade_id of each written answer whose own cell is as released: what the student wrote
    beside it, up to the next cells of the assignment's that have a name.

    `text` are the sources of the assignment's cells without a name.
    """
    released = {cell.name: cell.source for cell in known if _is_written(cell)}
    own = frozenset(bare(source) for source in text)
    found: dict[str, list[str]] = {}
    taken: set[int] = set()
    for index, cell in enumerate(notebook.cells):
        name = grade_id(cell)
        if name in released and bare(cell.source) == bare(released[name]):
            places = [i for i in _beside(notebook.cells, index) if i not in taken]
            stub = bare(released[name])
            words = {i: _words(notebook.cells[i], own, stub) for i in places}
            written = {i: said for i, said in words.items() if said}
            if written:
                taken.update(written)
                found[name] = list(written.values())
    return found


def _is_written(cell: KnownCell) -> bool:
    return cell.is_answer and cell.cell_type == "markdown"


def _beside(cells: Sequence[NotebookNode], index: int) -> Iterator[int]:
    """The cells without a name around one, below it first."""
    for places in (range(index + 1, len(cells)), range(index - 1, -1, -1)):
        for place in places:
            if grade_id(cells[place]):
                break
            yield place


def _words(cell: NotebookNode, own: frozenset[str], stub: str) -> str:
    """What a student wrote into a text cell, "" where all of it is the assignment's."""
    said = bare(cell.source)
    if cell.cell_type != "markdown" or said in own:
        return ""
    begins = [text for text in own if len(text) >= _LONG_ENOUGH and said.startswith(text)]
    said = said.removeprefix(max(begins, key=len, default="")).strip()
    # Where cells were merged, the stub stands before or behind.
    return said.removeprefix(stub).removesuffix(stub).strip()
