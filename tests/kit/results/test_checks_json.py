"""`checks.json`: what is written is what is read, and nothing else is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.results import (
    SCHEMA_VERSION,
    CellResult,
    CheckId,
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Observed,
    Outcome,
    Reader,
    Report,
    Sentence,
    from_json,
    read,
    to_json,
    write,
)

numbers = st.floats(0, 1e6)
sentences = st.builds(Sentence, text=st.text(), reader=st.sampled_from(list(Reader)))
check_results = st.builds(
    CheckResult,
    check=st.builds(CheckId, exercise=st.text(), name=st.text(), weight=numbers),
    outcome=st.sampled_from(list(Outcome)),
    credit=st.floats(),
    sentences=st.lists(sentences, max_size=2).map(tuple),
    hint=st.none() | st.text(),
    wall_s=numbers,
    # Kept with six digits: whole numbers of up to six come back as they were.
    observed=st.lists(
        st.builds(
            Observed,
            kind=st.text(),
            values=st.lists(st.integers(-999_999, 999_999).map(float)).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)
diagnoses = st.builds(
    Diagnosis, mistakes=st.lists(st.text(), max_size=2).map(tuple), hint=st.none() | st.text()
)
exercises = st.builds(
    ExerciseResult,
    exercise=st.text(),
    max_points=numbers,
    checks=st.lists(check_results, max_size=3).map(tuple),
    diagnosis=st.none() | diagnoses,
)
reports = st.builds(
    Report,
    assignment=st.text(),
    exercises=st.lists(exercises, max_size=3).map(tuple),
    notes=st.lists(sentences, max_size=2).map(tuple),
    cells=st.lists(st.builds(CellResult, name=st.text(), status=st.text()), max_size=2).map(tuple),
    wall_s=numbers,
)


def a_report(points: float = 2.0) -> Report:
    check = CheckId(exercise="transpose", name="test_swaps_the_axes", weight=2)
    said = (Sentence(text="transpose(m) has shape (2, 3), expected (3, 2)."),)
    came_back = Observed(kind="call tensor float32 (2, 3) cpu", values=(0.5, 1.25))
    result = CheckResult(
        check=check,
        outcome=Outcome.FAILED,
        sentences=said,
        hint="Swapped?",
        observed=(came_back,),
    )
    exercise = ExerciseResult(
        exercise="transpose",
        max_points=points,
        checks=(result,),
        diagnosis=Diagnosis(mistakes=("transpose/unchanged",), hint="Swap."),
    )
    return Report(assignment="1-tensors", exercises=(exercise,), wall_s=0.5)


@settings(max_examples=50, deadline=None)
@given(reports)
def test_a_report_survives_json(report: Report) -> None:
    assert from_json(json.loads(json.dumps(to_json(report)))) == report


def test_checks_json_has_these_keys_and_values() -> None:
    assert to_json(a_report()) == {
        "schema_version": 1,
        "assignment": "1-tensors",
        "points": 0.0,
        "max_points": 2.0,
        "wall_s": 0.5,
        "notes": (),
        "cells": (),
        "for_page": {},
        "exercises": (
            {
                "exercise": "transpose",
                "points": 0.0,
                "undecided": False,
                "max_points": 2.0,
                "checks": (
                    {
                        "check": {
                            "exercise": "transpose",
                            "name": "test_swaps_the_axes",
                            "weight": 2,
                        },
                        "outcome": "failed",
                        "credit": 0.0,
                        "sentences": (
                            {
                                "text": "transpose(m) has shape (2, 3), expected (3, 2).",
                                "reader": "student",
                                "holds_values": False,
                            },
                        ),
                        "hint": "Swapped?",
                        "wall_s": 0.0,
                        "observed": ["call tensor float32 (2, 3) cpu | 0.5 1.25"],
                        "kept": {},
                        "gap": None,
                        "near": False,
                    },
                ),
                "diagnosis": {"mistakes": ("transpose/unchanged",), "hint": "Swap."},
            },
        ),
    }


@pytest.mark.parametrize("schema", [None, 0, SCHEMA_VERSION + 1, "1"])
def test_another_schema_is_refused(schema: Any) -> None:
    data = to_json(a_report()) | {"schema_version": schema}

    with pytest.raises(ValueError, match=f"checks.json has schema {schema}, not 1"):
        from_json(data)


def test_points_that_were_edited_are_not_believed() -> None:
    data = to_json(a_report())
    data["points"] = data["exercises"][0]["points"] = 2.0

    assert from_json(data).points == 0.0


def _without(key: str) -> dict[str, Any]:
    return {k: v for k, v in to_json(a_report()).items() if k != key}


def _with_check(**changed: Any) -> dict[str, Any]:
    data = json.loads(json.dumps(to_json(a_report())))
    data["exercises"][0]["checks"][0] |= changed
    return data


@pytest.mark.parametrize(
    "data",
    [
        [],
        None,
        "report",
        {},
        _without("assignment"),
        _without("exercises"),
        _without("notes"),
        _without("exercises") | {"exercises": 5},
        _without("exercises") | {"exercises": [[]]},
        _without("notes") | {"notes": ["text"]},
        _without("notes") | {"notes": [{"text": "a", "reader": "everybody"}]},
        _with_check(outcome="excellent"),
        _with_check(credit="all"),
        _with_check(check={"exercise": "transpose"}),
        _with_check(check={"exercise": "t", "name": "a", "points": 5}),
        _with_check(check="transpose"),
    ],
    ids=lambda data: str(data)[:50],
)
def test_what_is_no_report_is_a_value_error(data: Any) -> None:
    with pytest.raises(ValueError):
        from_json(data)


def test_a_report_that_was_written_is_read(tmp_path: Path) -> None:
    write(a_report(), tmp_path / "new" / "folder" / "checks.json")

    assert read(tmp_path / "new" / "folder" / "checks.json") == a_report()


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_a_file_that_is_no_report_is_a_value_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "checks.json").write_text(text)

    with pytest.raises(ValueError):
        read(tmp_path / "checks.json")


def test_writing_replaces_the_old_file_and_leaves_no_other(tmp_path: Path) -> None:
    path = tmp_path / "checks.json"
    write(a_report(1.0), path)
    write(a_report(2.0), path)

    assert read(path) == a_report(2.0)
    assert [p.name for p in tmp_path.iterdir()] == ["checks.json"]


def test_a_report_that_cannot_be_written_leaves_the_old_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "checks.json"
    write(a_report(), path)
    no_number: Any = object()
    unwritable = Report(assignment="1-tensors", exercises=(), wall_s=no_number)

    with pytest.raises(TypeError):
        write(unwritable, path)

    assert read(path) == a_report()
    assert [p.name for p in tmp_path.iterdir()] == ["checks.json"]


def test_where_a_folder_is_in_the_way_nothing_is_left_beside_it(tmp_path: Path) -> None:
    (tmp_path / "checks.json").mkdir()

    with pytest.raises(OSError, match="directory"):
        write(a_report(), tmp_path / "checks.json")

    assert [p.name for p in tmp_path.iterdir()] == ["checks.json"]
