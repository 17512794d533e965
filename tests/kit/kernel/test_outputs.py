"""A cell's outputs within their budget, whatever the kernel sends. No kernel is started here."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.kernel.outputs import MAX_OUTPUTS, CellOutputs

LIMIT = 100


def taken(*messages: tuple[str, dict[str, Any]], limit: int = LIMIT) -> list[Any]:
    outputs = CellOutputs(limit)
    for kind, content in messages:
        outputs.take(kind, content)
    return outputs.kept


def text(name: str, said: str) -> tuple[str, dict[str, Any]]:
    return "stream", {"name": name, "text": said}


def test_texts_of_one_stream_are_merged() -> None:
    kept = taken(text("stdout", "a"), text("stdout", "b"), text("stderr", "c"), text("stdout", "d"))

    assert [(o.name, o.text) for o in kept] == [("stdout", "ab"), ("stderr", "c"), ("stdout", "d")]


def test_text_beyond_the_limit_is_cut_and_said_once() -> None:
    kept = taken(*[text("stdout", "x" * 60)] * 5)

    assert kept[0].text.startswith("x" * LIMIT + "\n[output cut")
    assert kept[0].text.count("output cut") == 1


def test_a_picture_beyond_the_limit_is_left_out_and_said() -> None:
    big = {"data": {"image/png": "A" * (LIMIT + 1)}}

    kept = taken(("display_data", big), ("display_data", big))

    assert [o.output_type for o in kept] == ["stream"]
    assert kept[0].text.count("output cut") == 1


def test_outputs_beyond_their_number_are_left_out_and_said_once() -> None:
    problem = ("error", {"ename": "", "evalue": "", "traceback": []})

    kept = taken(*[problem] * (3 * MAX_OUTPUTS))

    assert len(kept) == MAX_OUTPUTS + 1
    assert kept[-1].text == "\n[output cut: the cell wrote more than 1,000 outputs]\n"


def test_without_any_room_it_is_said_that_the_notebook_wrote_too_much() -> None:
    kept = taken(text("stdout", "more"), text("stderr", "and more"), limit=0)

    assert [o.text for o in kept] == ["\n[output left out: the notebook wrote too much]\n"]


def test_clearing_gives_the_room_back() -> None:
    progress = [text("stdout", "x" * 60), ("clear_output", {"wait": False})] * 5

    kept = taken(*progress, text("stdout", "done"))

    assert [o.text for o in kept] == ["done"]


def test_a_result_becomes_displayed_data() -> None:
    # nbgrader would read a score out of an execute_result.
    result = {"data": {"text/plain": "4.0"}, "metadata": {}, "execution_count": 1}

    kept = taken(("execute_result", result))

    assert [(o.output_type, o.data) for o in kept] == [("display_data", {"text/plain": "4.0"})]


def test_only_texts_and_pictures_are_kept_of_a_bundle() -> None:
    bundle = {
        "text/plain": "a figure",
        "application/javascript": "alert(1)",
        "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
        "text/html": ["not", "a", "text"],
    }

    kept = taken(("display_data", {"data": bundle, "metadata": {"x": 1}}))

    assert [o.data for o in kept] == [{"text/plain": "a figure"}]


def test_an_error_keeps_its_last_lines_within_the_limit() -> None:
    error = {"ename": "E" * 500, "evalue": "v" * 50, "traceback": ["line"] * 100_000}

    (kept,) = taken(("error", error))

    assert len(kept.ename) == 200
    assert len(kept.traceback) == 60
    assert sum(map(len, kept.traceback)) < 2 * LIMIT


def test_lone_surrogates_are_replaced() -> None:
    kept = taken(text("stdout", "a\ud800b"))

    assert kept[0].text.encode("utf-8") == b"a?b"


FIELDS = ("name", "text", "data", "ename", "evalue", "traceback", "text/plain", "wait")
ODD: tuple[Any, ...] = (None, True, 7, float("nan"), "\ud800", b"x", [], [[None]], {}, {"data": []})


@pytest.mark.parametrize(
    "kind", ["stream", "display_data", "execute_result", "error", "clear_output", "comm_msg", ""]
)
def test_contents_of_any_form_raise_nothing(kind: str) -> None:
    usual = {"name": "stdout", "text": "x", "ename": "E", "evalue": "v", "data": {"text/plain": ""}}
    contents = [{**usual, field: odd} for field in FIELDS for odd in ODD]
    bundles = [{"data": {"text/plain": odd, "image/png": odd}} for odd in ODD]

    kept = taken(*((kind, content) for content in [{}, *contents, *bundles]), limit=10_000)

    assert {o.output_type for o in kept} <= {"stream", "display_data", "error"}
    json.dumps(kept).encode("utf-8")
