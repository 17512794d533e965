"""Formgrader in a real Jupyter server: what a TA sees, and the button that grades."""

from __future__ import annotations

import urllib.error
from collections.abc import Iterator

import pytest

from tests.kit.course_maker import ASSIGNMENT
from tests.kit.nbgrader_bridge.formgrader_server import Server, formgrader
from tests.kit.nbgrader_bridge.sample_class import EVIL, ClassRun
from tests.kit.tags import tag_of


@pytest.fixture(scope="module")
def server(class_run: ClassRun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("formgrader")
    mini = class_run.ours.copy_to(folder / "course")
    mini.hand_in("ben", mini.answered(total="def total(m):\n    return 0.0"))
    with formgrader(mini, folder) as started:
        yield started


def test_a_page_shows_our_report(server: Server) -> None:
    page = server.page_of("mallory")

    blocks = [tag_of(b, "strong").text for b in page.find_all("div", class_="autograder-report")]

    assert "total: 0 of 2 points" in blocks
    assert "transpose: 3 of 3 points" in blocks


def test_nothing_of_a_students_runs_in_a_page(server: Server) -> None:
    page = server.page_of("mallory")
    scripts = [tag.text for tag in page.find_all(["script", "style"])]
    attributes = [
        f"{tag.name} {name}={value}"
        for tag in page.find_all(True)
        for name, value in tag.attrs.items()
        if not (tag.name == "a" and str(value).startswith("http"))
    ]

    assert "Mine." in page.text
    assert [text[:200] for text in scripts if "owned" in text or EVIL in text] == []
    assert [text for text in attributes if "owned" in text or EVIL in text] == []
    assert page.find_all(["iframe", "svg", "object", "embed", "math"]) == []


def test_the_button_grades_as_we_do(server: Server) -> None:
    assert server.mini.scores("ben")["transpose"] == 0.0

    result = server.api(f"submission/{ASSIGNMENT}/ben/autograde", "POST")

    assert result["success"] is True, result
    assert server.mini.scores("ben")["transpose"] == 3.0
    assert server.mini.scores("ben")["total"] == 0.0
    page = server.page_of("ben")
    assert "transpose: 3 of 3 points" in page.text


def test_the_button_answers_nobody_without_the_token(server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.ask(f"api/submission/{ASSIGNMENT}/ben/autograde", "POST", token="")

    assert refused.value.code == 403
