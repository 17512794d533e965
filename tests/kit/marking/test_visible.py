"""What a notebook claims of its visible checks is kept with its result, and earns nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.classroom.grade import grade_class
from autograder.marking.marked import Marked
from autograder.nbgrader_bridge.record import Record
from autograder.report.facts import facts_of
from autograder.report.numbers import numbers_of
from autograder.results import Report
from tests.kit.course_maker import ASSIGNMENT, Mini

MARKED = Marked(report=Report(assignment="a1", exercises=()), notebook="{}")


def saved_after_running(notebook: NotebookNode) -> None:
    """As it is saved after a run in which the check of `total` alone failed."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "code":
            cell.execution_count = number
        if cell.metadata.nbgrader.grade_id == "total-checks":
            cell.outputs = [new_output("error", ename="Mismatch", evalue="", traceback=[])]
        if cell.metadata.nbgrader.grade_id == "from_list-checks":
            cell.execution_count = None


def test_the_claim_reaches_the_report_and_earns_no_point(mini: Mini) -> None:
    wrong = "def transpose(m):\n    return m"
    mini.hand_in("ada", mini.answered(saved_after_running, transpose=wrong))

    list(grade_class(mini.course, ASSIGNMENT, ["ada"]))

    marked = Record(mini.course, ASSIGNMENT).result("ada")
    assert marked is not None
    others = ("transpose", "with_column", "matrix_product", "pixels_to_float")
    assert marked.visible == {"total": False, **dict.fromkeys(others, True)}
    assert marked.report.exercise("transpose").points == 0
    promises = numbers_of(facts_of(mini.course, ASSIGNMENT)).promises
    assert [(one.exercise, one.passed, one.lost) for one in promises if one.passed] == [
        (name, 1, int(name == "transpose")) for name in others
    ]


def test_what_is_kept_comes_back() -> None:
    kept = replace(MARKED, visible={"transpose": True, "total": False})

    assert Marked.from_plain(kept.to_plain()) == kept


def test_a_result_of_an_earlier_version_claims_nothing() -> None:
    plain = MARKED.to_plain()
    del plain["visible"]

    assert Marked.from_plain(plain).visible == {}


@pytest.mark.parametrize("visible", [[], "yes", 3])
def test_a_claim_that_is_no_mapping_is_refused(visible: object) -> None:
    with pytest.raises(ValueError, match="no marked submission"):
        Marked.from_plain({**MARKED.to_plain(), "visible": visible})
