"""`nbgrader export` with the kit's plugin: what a spreadsheet reads of it."""

from __future__ import annotations

import csv

import pytest

from autograder.nbgrader_bridge.export import COLUMNS, safe_cell
from autograder.nbgrader_bridge.gradebook import opened
from tests.kit.course_maker import Mini


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+2", "'=1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("\t=1", "' =1"),
        ("-2.5", "-2.5"),
        (-2.5, "-2.5"),
        ("Ada", "Ada"),
        ("two\nlines\x1b]0;x", "two lines ]0;x"),
        (None, ""),
    ],
)
def test_a_cell_starts_no_formula(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_each_student_has_one_row_whatever_the_name(mini: Mini) -> None:
    with opened(mini.course.db_url) as gradebook:
        for name in ("=1+2", 'a,b"c', "ada"):
            gradebook.update_or_create_student(name, last_name="x,\ny")

    done = mini.nbgrader("export", "--to", "grades.csv")

    rows = list(csv.DictReader((mini.root / "grades.csv").open(encoding="utf-8", newline="")))
    assert done.returncode == 0, done.stderr
    assert [row["student_id"] for row in rows] == ["'=1+2", 'a,b"c', "ada"]
    assert {row["last_name"] for row in rows} == {"x, y"}
    assert tuple(rows[0]) == COLUMNS
    assert {row["score"] for row in rows} == {"0.0"}
