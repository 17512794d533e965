"""What students do to cells, and what is left of it: a notebook as the gradebook knows it."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.hand_in import intake
from autograder.hand_in.cells import KnownCell, cell_ids, names_in_order
from autograder.hand_in.normalize import normalized
from autograder.hand_in.reading import defined_names
from autograder.nbgrader_bridge.gradebook import known_cells
from tests.kit.course_maker import ANSWERS, ASSIGNMENT, POINTS, WRITTEN, Mini, source_notebook

Repair = Callable[[NotebookNode], NotebookNode]


@pytest.fixture(scope="module")
def known(released: Mini) -> Sequence[KnownCell]:
    order = names_in_order(source_notebook())
    return known_cells(released.course.db_url, ASSIGNMENT, ASSIGNMENT, order)


@pytest.fixture(scope="module")
def repair(known: Sequence[KnownCell]) -> Repair:
    """What the kit makes of a notebook: taken in as a file's content, then normalized."""
    ids = cell_ids(source_notebook())

    def repaired(notebook: NotebookNode) -> NotebookNode:
        taken = intake.rebuilt(json.loads(json.dumps(notebook)))
        return normalized(taken.cells, known, ids)

    return repaired


def find(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    (cell,) = [
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return cell


def twin(cell: NotebookNode, **changes: Any) -> NotebookNode:
    """A copy of a cell with some of its parts changed."""
    return NotebookNode({**copy.deepcopy(cell), **changes})


def data(notebook: NotebookNode, grade_id: str) -> dict[str, Any]:
    return find(notebook, grade_id).metadata.nbgrader


# Each changes a right notebook; none of them takes an answer away.


def graded_cell_copied(nb: NotebookNode) -> None:
    nb.cells.append(twin(find(nb, "transpose-checks"), id="copy"))


def answer_copied(nb: NotebookNode) -> None:
    nb.cells.append(twin(find(nb, "transpose"), id="copy"))


def copied_with_its_id(nb: NotebookNode) -> None:
    nb.cells += [twin(find(nb, "transpose")), twin(find(nb, "transpose-checks"))]


def everything_copied(nb: NotebookNode) -> None:
    nb.cells += [twin(cell) for cell in nb.cells]


def newer_schema(nb: NotebookNode) -> None:
    for cell in nb.cells:
        cell.metadata.nbgrader.schema_version = 4


def older_schema(nb: NotebookNode) -> None:
    for cell, version in zip(nb.cells, [1, 0, 99, "x", None] * 9, strict=False):
        cell.metadata.nbgrader.schema_version = version


def graded_cells_deleted(nb: NotebookNode) -> None:
    nb.cells = [c for c in nb.cells if not c.metadata.nbgrader.grade_id.endswith("-checks")]


def setup_deleted(nb: NotebookNode) -> None:
    nb.cells.remove(find(nb, "setup"))


def renamed(nb: NotebookNode) -> None:
    data(nb, "transpose")["grade_id"] = "Transpose "
    data(nb, "transpose-checks")["grade_id"] = "my-checks"


def renamed_with_other_letters(nb: NotebookNode) -> None:
    for name in ("transpose", "transpose-checks"):
        cell = find(nb, name)
        for change in ("trаnspose", "transpose\u200b", "transpose ", "TRANSPOSE"):
            other = twin(cell, id=f"c{random.getrandbits(60)}")
            other.metadata.nbgrader.grade_id = name.replace("transpose", change)
            nb.cells.append(other)
        cell.metadata.nbgrader.grade_id = name.replace("a", "а")


def unknown_keys(nb: NotebookNode) -> None:
    for cell in nb.cells:
        cell.metadata.nbgrader.update(award=100, remove=True)


def grade_ids_removed(nb: NotebookNode) -> None:
    for cell in nb.cells:
        del cell.metadata.nbgrader["grade_id"]


def flags_flipped(nb: NotebookNode) -> None:
    for cell in nb.cells:
        for flag in ("grade", "solution", "locked", "task"):
            cell.metadata.nbgrader[flag] = not cell.metadata.nbgrader[flag]


def checks_marked_as_answers(nb: NotebookNode) -> None:
    data(nb, "transpose-checks").update(solution=True, locked=False)
    find(nb, "transpose-checks").source = ""


def answers_marked_as_graded(nb: NotebookNode) -> None:
    data(nb, "transpose").update(grade=True, points=50)


def all_metadata_stripped(nb: NotebookNode) -> None:
    nb.metadata = {}
    for cell in nb.cells:
        cell.metadata = {}


def metadata_and_ids_stripped(nb: NotebookNode) -> None:
    all_metadata_stripped(nb)
    for cell in nb.cells:
        del cell["id"]


def ids_swapped(nb: NotebookNode) -> None:
    one, other = find(nb, "transpose"), find(nb, "total")
    one["id"], other["id"] = other["id"], one["id"]


def grade_ids_swapped(nb: NotebookNode) -> None:
    for end in ("", "-checks"):
        one, other = data(nb, f"transpose{end}"), data(nb, f"total{end}")
        one["grade_id"], other["grade_id"] = other["grade_id"], one["grade_id"]


def locked_cells_edited(nb: NotebookNode) -> None:
    find(nb, "transpose-checks").source = "pass"
    find(nb, "setup").source = "import torch\ntorch.equal = lambda *a: True"


def points_raised(nb: NotebookNode) -> None:
    for name in POINTS:
        data(nb, f"{name}-checks")["points"] = 100


def checks_turned_to_text(nb: NotebookNode) -> None:
    for name in POINTS:
        find(nb, f"{name}-checks").cell_type = "markdown"


def answers_turned_to_text(nb: NotebookNode) -> None:
    find(nb, "transpose").cell_type = "raw"
    find(nb, "total").cell_type = "markdown"
    find(nb, WRITTEN).cell_type = "code"


def tagged(nb: NotebookNode) -> None:
    for cell in nb.cells:
        cell.metadata.tags = ["skip-execution", "raises-exception", "remove_cell", "long-running"]


def other_kernel(nb: NotebookNode) -> None:
    nb.metadata.kernelspec = {"name": "../../evil; rm -rf ~", "language": "bash"}
    nb.metadata.language_info = {"name": "bash"}


def shuffled(nb: NotebookNode) -> None:
    random.Random(1).shuffle(nb.cells)


def attachments_and_outputs(nb: NotebookNode) -> None:
    find(nb, WRITTEN).attachments = {"x.svg": {"image/svg+xml": "<svg onload=alert(1)>"}}
    find(nb, "transpose-checks").outputs = [
        nbformat.v4.new_output("execute_result", data={"text/plain": "3.0"}, execution_count=1)
    ]


MUTANTS = [
    graded_cell_copied,
    answer_copied,
    copied_with_its_id,
    everything_copied,
    newer_schema,
    older_schema,
    graded_cells_deleted,
    setup_deleted,
    renamed,
    renamed_with_other_letters,
    unknown_keys,
    grade_ids_removed,
    flags_flipped,
    checks_marked_as_answers,
    answers_marked_as_graded,
    all_metadata_stripped,
    metadata_and_ids_stripped,
    ids_swapped,
    grade_ids_swapped,
    locked_cells_edited,
    points_raised,
    checks_turned_to_text,
    answers_turned_to_text,
    tagged,
    other_kernel,
    shuffled,
    attachments_and_outputs,
]


def is_sound(notebook: NotebookNode, known: Sequence[KnownCell]) -> bool:
    """Whether nothing is left of what nbgrader stumbles over or believes."""
    by_name = {cell.name: cell for cell in known}
    named = Counter(
        c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata
    )
    assert max(named.values()) == 1, "a grade_id stands twice"
    locked = {cell.name for cell in known if cell.locked}
    assert locked <= set(named), "a locked cell is missing"
    for cell in notebook.cells:
        left = set(cell.metadata) - {"nbgrader", "deletable", "editable"}
        assert not left, f"metadata is left: {left}"
        assert cell.get("outputs", []) == []
        assert "attachments" not in cell
        if "nbgrader" in cell.metadata:
            origin = by_name[cell.metadata.nbgrader.grade_id]
            assert cell.metadata.nbgrader == origin.metadata
            assert cell.cell_type == origin.cell_type
            assert not origin.locked or cell.source == origin.source
    assert notebook.metadata.kernelspec.name == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    nbformat.validate(notebook)
    return True


@pytest.mark.parametrize("grade_id", ["transpose", None])
def test_the_answer_is_the_one_above_its_visible_check(
    released: Mini, repair: Repair, grade_id: str | None
) -> None:
    notebook = released.answered()
    answer = find(notebook, "transpose")
    below = twin(answer, id="below", source="def transpose(m):\n    return m * 0")
    notebook.cells.append(below)
    for cell in (answer, below):
        cell["id"] = f"own-{cell.id}"
        cell.metadata = NotebookNode(nbgrader={"grade_id": grade_id} if grade_id else {})

    assert find(repair(notebook), "transpose").source == ANSWERS["transpose"]


@pytest.mark.parametrize("mutant", MUTANTS)
def test_what_is_done_to_cells_is_undone(
    mutant: Callable[[NotebookNode], None],
    released: Mini,
    repair: Repair,
    known: Sequence[KnownCell],
) -> None:
    repaired = repair(released.answered(mutant))

    assert is_sound(repaired, known)
    assert repair(repaired) == repaired
    code = "\n".join(c.source for c in repaired.cells if c.cell_type == "code")
    assert set(ANSWERS) <= set(defined_names(code))
    assert all(answer in code for answer in ANSWERS.values())


@pytest.mark.parametrize(
    "odd", [None, True, 7, 1.5, "x", [], [{}], {}, {"grade_id": None}, {"grade_id": ["setup"]}]
)
def test_nbgraders_metadata_of_any_form_costs_nothing(
    odd: Any, released: Mini, repair: Repair, known: Sequence[KnownCell]
) -> None:
    def malformed(nb: NotebookNode) -> None:
        for cell in nb.cells:
            cell.metadata.nbgrader = odd

    repaired = repair(released.answered(malformed))

    assert is_sound(repaired, known)
    assert find(repaired, "transpose").source == ANSWERS["transpose"]


def test_an_untouched_release_keeps_its_cells_and_their_order(
    released: Mini, repair: Repair, known: Sequence[KnownCell]
) -> None:
    repaired = repair(released.answered())

    assert [c.metadata.nbgrader.grade_id for c in repaired.cells] == [cell.name for cell in known]
    assert {name: find(repaired, name).source for name in ANSWERS} == ANSWERS


def test_of_an_answers_copies_above_its_check_the_last_counts(
    released: Mini, repair: Repair
) -> None:
    def two_answers(nb: NotebookNode) -> None:
        copy = twin(find(nb, "total"), id="copy", source="def total(m):\n    return 0")
        nb.cells.insert(nb.cells.index(find(nb, "total-checks")), copy)

    repaired = repair(released.answered(two_answers))

    assert find(repaired, "total").source == "def total(m):\n    return 0"
    assert ANSWERS["total"] in [c.source for c in repaired.cells]


def test_an_answer_in_a_cell_of_the_students_is_recognised_by_what_it_defines(
    released: Mini, repair: Repair
) -> None:
    def moved(nb: NotebookNode) -> None:
        nb.cells.remove(find(nb, "total"))
        nb.cells.append(new_code_cell(ANSWERS["total"]))

    repaired = repair(released.answered(moved))

    assert find(repaired, "total").source == ANSWERS["total"]


def test_a_stub_is_never_put_in_behind_the_students_function(
    released: Mini, repair: Repair
) -> None:
    def deleted(nb: NotebookNode) -> None:
        nb.cells.remove(find(nb, "total"))

    repaired = repair(released.answered(deleted))

    names = [c.metadata.get("nbgrader", {}).get("grade_id") for c in repaired.cells]
    assert "total" not in names
    assert "total-checks" in names


def test_an_empty_notebook_gets_what_is_graded(
    released: Mini, repair: Repair, known: Sequence[KnownCell]
) -> None:
    def emptied(nb: NotebookNode) -> None:
        nb.cells = []

    repaired = repair(released.answered(emptied))

    assert is_sound(repaired, known)
    names = {c.metadata.nbgrader.grade_id for c in repaired.cells}
    assert names == {"setup", WRITTEN, *(f"{name}-checks" for name in POINTS)}


def test_a_missing_check_comes_back_where_it_stood(released: Mini, repair: Repair) -> None:
    def deleted(nb: NotebookNode) -> None:
        nb.cells.remove(find(nb, "total-checks"))

    repaired = repair(released.answered(deleted))

    names = [c.metadata.nbgrader.grade_id for c in repaired.cells]
    assert names.index("total-checks") == names.index("total") + 1


def test_the_students_own_cells_stay_and_lose_their_names(released: Mini, repair: Repair) -> None:
    def added(nb: NotebookNode) -> None:
        own = [new_code_cell("helper = 1", id="setup"), new_markdown_cell("# Mine", id="cell-0")]
        own[0].metadata.nbgrader = {"grade_id": "my-own", "points": 100, "grade": True}
        nb.cells[0:0] = own

    repaired = repair(released.answered(added))

    assert [(c.source, c.metadata) for c in repaired.cells[:2]] == [
        ("helper = 1", {}),
        ("# Mine", {}),
    ]
    assert find(repaired, "transpose").source == ANSWERS["transpose"]


@pytest.mark.parametrize("source", ["def f(:", "x = '\0'", "(" * 10_000, "9" * 10_000, ""])
def test_names_of_code_that_is_no_python_are_none(source: str) -> None:
    assert list(defined_names(source)) == []
