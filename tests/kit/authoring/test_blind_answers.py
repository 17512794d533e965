"""Answers by who has seen only the notebooks: right ones get all points, wrong ones lose some.

What they are, who judged them and what they showed stands in `blind/README.md`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring.pool import Pool, Task
from autograder.course.cells import source_points
from autograder.course.course import Course, open_course
from autograder.diagnosis.answers import Answer
from autograder.settings.load import load

BLIND = Path(__file__).with_name("blind")
ASSIGNMENTS = open_course(load(Path(__file__).parents[3])).assignments()


def lines() -> list[dict[str, Any]]:
    files = sorted(BLIND.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_right_ones_get_all_points_and_wrong_ones_lose_some(
    course: Course, assignment: str
) -> None:
    exercises = source_points(course.source_notebook(assignment))
    rows = {line["id"]: line for line in lines() if line["exercise"] in exercises}
    tasks = [
        Task(
            answer=Answer(exercise=r["exercise"], path=Path(name), source=r["code"], symptom=""),
            at_home=True,
        )
        for name, r in rows.items()
    ]
    refused, lost, missed = [], [], []
    with Pool(course, assignment) as pool:
        for task, tried in pool.tried(tasks):
            name = task.answer.path.name
            all_points = tried.result.points == tried.result.max_points
            match rows[name]["kind"], all_points:
                case "right", False:
                    lost.append(name)
                case "wrong", True:
                    missed.append(name)
            if rows[name]["kind"] == "right" and tried.at_home:
                refused.append(name)

    assert rows
    assert (refused, lost) == ([], [])
    # Of these the file says why they may.
    assert sorted(missed) == sorted(name for name, row in rows.items() if "missed" in row)


def test_each_line_says_what_it_is() -> None:
    found = lines()
    verdicts = {line.get("hint") for line in found if line["kind"] == "wrong"}

    assert len({line["id"] for line in found}) == len(found) > 0
    assert {line["kind"] for line in found} == {"right", "wrong"}
    assert verdicts <= {"fits", "vague", "misleading", "none", None}
