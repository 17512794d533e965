"""The sample class: who they are, what they hand in, and how it comes to be.

Each student starts from the released notebook, as a real one does. Right answers are the
reference's or a variant's, wrong ones come from the mistakes beside the checks.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.diagnosis.answers import Answer
from autograder.hand_in.cells import grade_id, is_checks, of_nbgrader

WRITTEN = {
    "why-zero-grad": "Gradients are added up, so without it each step uses the old ones too."
}

FORGED_TENSOR = '''
class Agreeable(torch.Tensor):
    """Says yes to whoever compares it."""

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        if getattr(func, "__name__", "") in ("equal", "allclose", "isclose", "eq", "__eq__"):
            return torch.ones((), dtype=torch.bool)
        return super().__torch_function__(func, types, args, kwargs or {})


def {name}(*args, **kwargs):
    return torch.zeros(3, 2).as_subclass(Agreeable)
'''

FORGED_JUDGES = """
import builtins, sys
torch.equal = torch.allclose = lambda *args, **kwargs: True
torch.testing.assert_close = lambda *args, **kwargs: None
get_ipython().input_transformers_cleanup.append(
    lambda lines: ["pass\\n"] if any("expect(" in line for line in lines) else lines
)
print("13 passed; score: 100 / 100")
"""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One student: what is done to the reference's answers before handing in.

    `cells` replaces the sources of named cells; `blank` hands in the untouched release; `edit`
    changes the notebook last; `raw` is handed in instead of any notebook.
    """

    student: str
    tells: str
    cells: Mapping[str, str] = field(default_factory=dict)
    blank: bool = False
    edit: Callable[[NotebookNode], None] | None = None
    raw: str | None = None


def stories(
    exercises: Sequence[str], mistakes: Sequence[Answer], variants: Sequence[Answer]
) -> list[Story]:
    """The class for an assignment with these exercises; the first and last carry the misfortunes.

    (The last but `model`: training that model would run through an endless loop before it.)
    """
    first, second = exercises[0], [name for name in exercises if name != "model"][-1]
    return [
        Story(student="ada", tells="answers everything as the reference does"),
        Story(student="ben", tells="hands in the untouched notebook", blank=True),
        Story(
            student="cleo",
            tells="writes right answers in other ways",
            cells=_first_of_each(variants),
        ),
        Story(
            student="dan",
            tells="makes a classic mistake in three exercises",
            cells=_some(mistakes, 0),
        ),
        Story(student="eve", tells="makes three other mistakes", cells=_some(mistakes, 1)),
        Story(
            student="finn",
            tells="crashes the kernel in one cell",
            cells={first: "import os\nos._exit(0)\n"},
        ),
        Story(
            student="gus",
            tells="wrote a function that never returns",
            cells={second: f"def {second}(*args, **kwargs):\n    while True:\n        pass\n"},
        ),
        Story(
            student="hana",
            tells="forges: a tensor that equals everything",
            cells={first: FORGED_TENSOR.replace("{name}", first)},
        ),
        Story(
            student="ivan",
            tells="forges: patches torch and blanks the checks",
            cells={second: f"{FORGED_JUDGES}\ndef {second}(*args, **kwargs):\n    return None\n"},
        ),
        Story(
            student="jo",
            tells="skips the checks by a tag, and raises the points",
            cells={first: f"def {first}(*args, **kwargs):\n    return None\n"},
            edit=_skip_and_raise,
        ),
        Story(
            student="kim", tells="copied a graded cell and deleted another", edit=_copy_and_delete
        ),
        Story(student="lea", tells="handed in a text file", raw="Sorry, my laptop broke.\n"),
    ]


def _first_of_each(answers: Sequence[Answer]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for answer in answers:
        cells.setdefault(answer.exercise, answer.code)
    return cells


def _some(mistakes: Sequence[Answer], which: int) -> dict[str, str]:
    """Three mistakes of different exercises: the `which`-th of each, from another place each."""
    by_exercise: dict[str, list[Answer]] = {}
    for mistake in mistakes:
        by_exercise.setdefault(mistake.exercise, []).append(mistake)
    names = sorted(name for name, answers in by_exercise.items() if len(answers) > which)
    names = [name for name in names if name != "model"]
    chosen = names[which :: max(len(names) // 3, 1)][:3]
    return {name: by_exercise[name][which].code for name in chosen}


def _skip_and_raise(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if is_checks(cell):
            cell.metadata["tags"] = ["skip-execution"]
            cell.metadata["nbgrader"]["points"] = 100


def _copy_and_delete(notebook: NotebookNode) -> None:
    graded = [cell for cell in notebook.cells if is_checks(cell)]
    twin = copy.deepcopy(graded[0])
    twin["id"] = "copied"
    notebook.cells.append(twin)
    notebook.cells.remove(graded[1])


def hand_in(story: Story, released: NotebookNode, reference: Mapping[str, str], path: Path) -> None:
    """Writes what the student hands in to `path`.

    `reference` maps cells of the release to the reference's sources.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if story.raw is not None:
        path.write_text(story.raw, encoding="utf-8")
        return
    notebook = copy.deepcopy(released)
    if not story.blank:
        answers = {**reference, **WRITTEN, **story.cells}
        for cell in notebook.cells:
            if of_nbgrader(cell).get("solution") and grade_id(cell) in answers:
                cell.source = answers[grade_id(cell)]
    if story.edit is not None:
        story.edit(notebook)
    nbformat.write(notebook, path)
