"""Written answers are found wherever the student wrote them; nothing here starts a kernel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder.hand_in.cells import KnownCell
from autograder.hand_in.normalize import normalized
from autograder.hand_in.pictures import pasted_pictures
from autograder.hand_in.written import written_elsewhere

INTRODUCTION = "# Networks\n\nWhat a layer does is told in the lecture."
QUESTION = "**Question.** Why does a network that ends with a softmax learn slowly?"
RELEASED = "YOUR ANSWER HERE"
ANSWER = "Because the loss does it again."
TEXT = frozenset({INTRODUCTION, QUESTION})
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def known(name: str, kind: str = "markdown", source: str = RELEASED, **flags: bool) -> KnownCell:
    return KnownCell(
        name=name,
        cell_type=kind,
        source=source,
        checksum=None,
        locked=flags.get("locked", False),
        grade=True,
        solution=not flags.get("locked", False),
        task=False,
        points=2.0,
    )


KNOWN = [known("layer-checks", "code", "assert layer", locked=True), known("why"), known("how")]


def named(cell: NotebookNode, name: str) -> NotebookNode:
    cell.metadata = {"nbgrader": {"grade_id": name}}
    return cell


def released(*beside: NotebookNode) -> list[NotebookNode]:
    """The notebook as it was released, and what a student put behind the cell for `why`."""
    return [
        new_markdown_cell(INTRODUCTION),
        named(new_code_cell("assert layer"), "layer-checks"),
        new_markdown_cell(QUESTION),
        named(new_markdown_cell(RELEASED), "why"),
        *beside,
        named(new_markdown_cell(RELEASED), "how"),
    ]


def found(cells: Sequence[NotebookNode]) -> dict[str, list[str]]:
    return written_elsewhere(normalized(cells, KNOWN, {}), KNOWN, TEXT)


def in_a_new_cell_below() -> list[NotebookNode]:
    return released(new_markdown_cell(ANSWER))


def in_a_raw_cell_below() -> list[NotebookNode]:
    return released(new_raw_cell(ANSWER))


def under_the_question() -> list[NotebookNode]:
    cells = released()
    cells.insert(3, new_markdown_cell(ANSWER))
    return cells


def typed_into_the_question() -> list[NotebookNode]:
    cells = released()
    cells[2].source += f"\n\n{ANSWER}"
    return cells


def merged_with_the_question() -> list[NotebookNode]:
    cells = released()
    cells[2].source += f"\n\n{ANSWER}"
    del cells[3]
    return cells


def retyped() -> list[NotebookNode]:
    cells = released()
    cells[3] = new_markdown_cell(ANSWER)
    return cells


@pytest.mark.parametrize(
    "notebook",
    [
        in_a_new_cell_below,
        in_a_raw_cell_below,
        under_the_question,
        typed_into_the_question,
        merged_with_the_question,
        retyped,
    ],
)
def test_an_answer_beside_its_own_cell_is_found(
    notebook: Callable[[], list[NotebookNode]],
) -> None:
    assert found(notebook()) == {"why": [ANSWER]}


def test_a_question_that_is_merged_with_the_untouched_cell_is_no_answer() -> None:
    cells = released()
    cells[2].source += f"\n\n{RELEASED}"
    del cells[3]

    assert found(cells) == {}


def test_the_assignments_own_text_is_no_answer() -> None:
    assert found(released()) == {}


def test_an_answer_in_its_own_cell_is_not_looked_for() -> None:
    cells = released(new_markdown_cell("A note of mine."))
    cells[3].source = ANSWER

    # What stands between two answers is then the other's, whose cell is as it was.
    assert found(cells) == {"how": ["A note of mine."]}


def test_a_cell_is_one_answers_only() -> None:
    assert found(released(new_markdown_cell(ANSWER))) == {"why": [ANSWER]}


def test_pictures_stay_and_nothing_else() -> None:
    attachments: Any = {
        "proof.png": {"image/png": PNG},
        "lines.png": {"image/png": [PNG[:20] + "\n", PNG[20:]]},
        "drawing.svg": {"image/svg+xml": "<svg onload=alert(1)>"},
        "page.png": {"image/png": "PHNjcmlwdD4=", "text/html": "<script>"},
        '"><script>.png': {"image/png": PNG},
        "odd.png": {"image/png": "…"},
        "none.png": None,
    }

    assert pasted_pictures(attachments) == {
        "proof.png": {"image/png": PNG},
        "lines.png": {"image/png": PNG},
    }


@pytest.mark.parametrize("odd", [None, 7, [], "x", {"a": {"image/png": PNG * 10**6}}, {1: {}}])
def test_attachments_of_any_form_cost_nothing(odd: Any) -> None:
    assert pasted_pictures(odd) == {}
