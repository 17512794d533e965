"""What a change to one check costs a class that is graded: all asked anew, and that exercise alone.

    python benchmarks/regrade.py                    # 1-tensors, 200 mixed submissions, 10 minutes
    python benchmarks/regrade.py --size 40 --exercise total

A class of `mixed.py` is graded, one check of an exercise is changed so that nothing else would see
it, then the class is graded anew by `autograder regrade` and, in a copy, by `grade --force`. The
clock runs from the command to its end, hints included. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

# Its own folder is on the path.
from class_against_nbgrader import (  # type: ignore[import-not-found]
    AUTOGRADER,
    Case,
    make_course,
    measured,
    ready_environment,
    scratch,
)

ANOTHER = """

@check({exercise!r})
def test_is_there(student):
    require(callable(student.{exercise}) or True, "It is not there.")
"""


def reports(course: Path, assignment: str) -> dict[str, Mapping[str, object]]:
    """The results of each submission, by student and exercise, without what a check took."""
    found: dict[str, Mapping[str, object]] = {}
    for path in sorted(course.glob(f"autograded/*/{assignment}/checks.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found[path.parts[-3]] = {one["exercise"]: one for one in data["exercises"]}
    return found


def asked(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """The exercises that were asked: of the others even the time that each check took is kept."""
    return {name for name in now if before.get(name) != now[name]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--assignment", default="1-tensors")
    parser.add_argument("--exercise", default="transpose", help="whose checks are changed")
    parser.add_argument("--size", type=int, default=200, help="submissions (default: 200)")
    arguments = parser.parse_args()
    name, exercise = arguments.assignment, arguments.exercise
    case = Case(assignment=name, size=arguments.size)
    env = ready_environment()
    with scratch() as folder:
        course = folder / "course"
        make_course(course, case)
        first = measured([*AUTOGRADER, "grade", name], course, env)
        checks = next(
            path
            for path in sorted((course / "tests" / "hidden" / name).glob("test_*.py"))
            if f'@check("{exercise}"' in path.read_text(encoding="utf-8")
        )
        text = checks.read_text(encoding="utf-8") + ANOTHER.format(exercise=exercise)
        checks.write_text(text, encoding="utf-8")
        whole = folder / "whole"
        shutil.copytree(course, whole)
        before = reports(course, name)
        only = measured([*AUTOGRADER, "regrade", name], course, env)
        after = reports(course, name)
        all_ = measured([*AUTOGRADER, "grade", name, "--force"], whole, env)
        others = [
            student for student in after if asked(before[student], after[student]) != {exercise}
        ]
        print(f"| {case}, a check more in {exercise} | wall s | CPU s |")
        print("| --- | --- | --- |")
        for what, cost in (
            ("graded for the first time", first),
            ("all asked anew (`grade --force`)", all_),
            ("that exercise alone (`regrade`)", only),
        ):
            print(f"| {what} | {cost.wall_s:.1f} | {cost.cpu_s:.1f} |")
        print(f"\nOf {len(after)} submissions {len(others)} were asked more than {exercise}.")


if __name__ == "__main__":
    main()
