"""Pictures of a training: their words, and that nothing a student's code made can break them."""

from __future__ import annotations

import base64
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback.charts import training

ROW = {"train_loss": 2.0, "test_loss": 2.5, "accuracy": 0.25}
BETTER = {"train_loss": 1.0, "test_loss": 1.5, "accuracy": 0.75}


def svg(source: str) -> ET.Element:
    head, _, content = source.partition(",")
    assert head == "data:image/svg+xml;base64"
    return ET.fromstring(base64.b64decode(content))


def test_a_history_is_drawn_and_told_in_numbers() -> None:
    found = training({"history": [ROW, BETTER]})

    assert found is not None
    assert [title for title, _, _ in found.charts] == ["Loss by epoch", "Accuracy by epoch"]
    assert found.rows == (("1", "2", "2.5", "25.0%"), ("2", "1", "1.5", "75.0%"))
    lines = [len(svg(source).findall("{*}polyline")) for _, _, source in found.charts]
    assert lines == [2, 1]


def test_of_one_epoch_there_is_no_line() -> None:
    found = training({"history": [ROW]})

    assert found is not None
    assert found.charts == ()
    assert len(found.rows) == 1


def test_a_confusion_matrix_tells_shares_and_no_counts() -> None:
    counts = [[40 if row == column else 0 for column in range(10)] for row in range(10)]
    counts[4][9], counts[4][4] = 10, 30
    counts[7] = [0] * 10

    found = training({"confusion": counts})

    assert found is not None
    assert found.confusion[4] == (0, 0, 0, 0, 75, 0, 0, 0, 0, 25)
    assert found.confusion[7] == (0,) * 10


def test_misread_digits_are_pictures_that_say_what_they_are() -> None:
    right = {"label": 7, "read_as": 1, "pixels": base64.b64encode(bytes(784)).decode()}
    wrong = [
        {**right, "label": "<b>"},
        {**right, "read_as": 12},
        {**right, "label": True},
        {**right, "pixels": "QUJD"},
        {**right, "pixels": "<script>"},
        {**right, "pixels": None},
        "no",
    ]

    found = training({"history": [ROW], "misread": [*wrong, right] + [right] * 20})

    assert found is not None
    ((label, read_as, source),) = found.misread[:1]
    assert (label, read_as, len(found.misread)) == (7, 1, 1)
    assert base64.b64decode(source.partition(",")[2]).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"history": []},
        {"history": [{"train_loss": 1.0}]},
        {"history": [{**ROW, "accuracy": float("nan")}]},
        {"history": [{**ROW, "accuracy": "<b>"}]},
        {"history": "no"},
        {"confusion": [[1] * 10] * 9},
        {"confusion": [[1] * 9] * 10},
        {"confusion": [["<b>"] * 10] * 10},
        {"confusion": [[-1] * 10] * 10},
        {"something": "else"},
    ],
    ids=str,
)
def test_what_cannot_be_drawn_is_left_out(kept: dict[str, Any]) -> None:
    assert training(kept) is None


_ROWS = st.lists(
    st.fixed_dictionaries({key: st.floats(allow_nan=False, allow_infinity=False) for key in ROW}),
    min_size=2,
    max_size=5,
)


@given(_ROWS)
def test_every_chart_is_an_svg_with_its_lines_in_it(rows: list[dict[str, float]]) -> None:
    found = training({"history": rows})

    assert found is not None
    for _, alt, source in found.charts:
        assert alt
        for line in svg(source).findall("{*}polyline"):
            points = [pair.split(",") for pair in line.attrib["points"].split()]
            assert all(0 <= float(x) <= 340 and 0 <= float(y) <= 190 for x, y in points)


BAND = {"test_loss": [[2.0, 2.6], [1.0, 1.2]], "accuracy": [[0.2, 0.4], [0.7, 0.8]]}


def test_the_band_of_the_reference_lies_behind_the_curve_and_is_told() -> None:
    found = training({"history": [ROW, BETTER], "band": BAND})

    assert found is not None
    assert found.has_band
    assert [len(svg(source).findall("{*}polygon")) for _, _, source in found.charts] == [1, 1]
    assert "most trainings by the reference have test 70.0% to 80.0%" in found.charts[1][1]


@pytest.mark.parametrize(
    "band", [None, [], {"accuracy": [[0.1]]}, {"accuracy": [["1", 2]]}, {"other": [[0, 1], [0, 1]]}]
)
def test_what_is_no_band_is_not_drawn(band: Any) -> None:
    found = training({"history": [ROW, BETTER], "band": band})

    assert found is not None
    assert not found.has_band
    assert [svg(source).findall("{*}polygon") for _, _, source in found.charts] == [[], []]


def test_of_a_longer_band_only_the_epochs_of_the_history_are_drawn() -> None:
    longer = {"accuracy": [*BAND["accuracy"], [0.9, 0.95]]}

    found = training({"history": [ROW, BETTER], "band": longer})

    assert found is not None
    assert "70.0% to 80.0% after 2 epochs" in found.charts[1][1]
