"""CSV that computes nothing, JSON that holds what the page says."""

from __future__ import annotations

import csv
import io
import json

import pytest

from autograder.errors import UnknownName
from autograder.nbgrader_bridge.gradebook import totals
from autograder.report.report import statistics_of
from autograder.report.tables import Table
from autograder.report.written import as_csv, as_json
from tests.kit.course_maker import ASSIGNMENT, POINTS, WRITTEN, Mini


def test_one_row_a_student_and_one_column_an_exercise(recorded: Mini) -> None:
    rows = list(csv.DictReader(io.StringIO(statistics_of(recorded.course, ASSIGNMENT).csv())))

    in_all = totals(recorded.course.db_url, ASSIGNMENT)
    assert {row["student id"]: float(row["total points"]) for row in rows} == {
        student: total.points for student, total in in_all.items()
    }
    assert set(rows[0]) == {
        *("student id", "total points", "of points", "late penalty", "waiting answers"),
        *POINTS,
        WRITTEN,
    }


def test_what_nobody_has_read_is_an_empty_cell(recorded: Mini) -> None:
    rows = csv.DictReader(io.StringIO(statistics_of(recorded.course, ASSIGNMENT).csv()))

    assert {row[WRITTEN] for row in rows} == {""}


@pytest.mark.parametrize("name", ["=1+2", "+1", "-1+2", "@SUM(A1)", "\t=1"])
def test_no_cell_starts_a_formula(name: str) -> None:
    table = Table(name="x", title="x", columns=(name, "points"), rows=((name, -1.5),))

    for row in csv.reader(io.StringIO(as_csv(table))):
        assert not row[0].startswith(("=", "+", "-", "@", "\t"))
    assert as_csv(table).endswith(",-1.5\n")


def test_json_holds_every_table_by_its_columns(recorded: Mini) -> None:
    found = statistics_of(recorded.course, ASSIGNMENT)

    data = json.loads(as_json(found.data()))

    assert data["said"] == list(found.said)
    assert data["name"] == ASSIGNMENT
    for table in found.tables:
        assert [list(row.values()) for row in data[table.name]] == [list(r) for r in table.rows]
    assert data["exercises"][0]["mean share"] <= data["exercises"][1]["mean share"]


def test_every_table_of_the_list_can_be_had_as_csv(recorded: Mini) -> None:
    found = statistics_of(recorded.course, ASSIGNMENT)

    for table in found.tables:
        assert found.csv(table.name).count("\n") == len(table.rows) + 1


def test_an_unknown_table_is_named_with_a_suggestion(recorded: Mini) -> None:
    with pytest.raises(UnknownName, match="Did you mean exercises"):
        statistics_of(recorded.course, ASSIGNMENT).csv("exercise")


def test_a_course_has_its_assignments_as_columns_and_inside(recorded: Mini) -> None:
    found = statistics_of(recorded.course)

    rows = list(csv.DictReader(io.StringIO(found.csv())))
    assert ASSIGNMENT in rows[0]
    assert set(found.data()["assignments"]) == {ASSIGNMENT}
