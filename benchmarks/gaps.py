"""How many wrong answers have their gap shown: what was expected beside what came.

    python benchmarks/gaps.py
    python benchmarks/gaps.py 1-tensors 2-data --answers FILE.jsonl --show

Tried are the mistakes beside the checks, each in the reference's notebook, and the answers of a
file with a line of JSON each (`exercise`, `code`) that lose points. With `--show` each gap is
printed. Answers whose exercise trains a model are counted apart: their checks ask hidden digits,
and have no public draw.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.trial import Trial
from autograder.course.course import open_course
from autograder.diagnosis.answers import mistakes
from autograder.errors import KitError
from autograder.judge.reference import require_full_marks
from autograder.results import ExerciseResult, Gap, Outcome
from autograder.settings.load import find_root, load

REPOSITORY = Path(__file__).resolve().parents[1]
# Their hidden checks judge a trained model.
TRAINING = ("model",)
ENDED = (Outcome.TIMEOUT, Outcome.DIED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """A wrong answer to an exercise."""

    name: str
    exercise: str
    code: str


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("assignments", nargs="*", help="all, where none is named")
    parser.add_argument("--answers", type=Path, help="more wrong answers, a line of JSON each")
    parser.add_argument("--show", action="store_true", help="print each gap")
    wanted = parser.parse_args()
    course = open_course(load(find_root(REPOSITORY)))
    total: Counter[str] = Counter()
    for assignment in wanted.assignments or course.assignments():
        trial = Trial(course, assignment)
        require_full_marks(trial.judge, trial.cells)
        found: Counter[str] = Counter()
        for answer in _answers(trial, wanted.answers):
            kind, said = _tried(trial, answer)
            found[kind] += 1
            if wanted.show or kind == "no gap":
                print(f"{assignment} {answer.name}: {kind}{said}", flush=True)
        print(f"{assignment}: {_in_words(found)}", flush=True)
        total += found
    print(f"all: {_in_words(total)}")


def _answers(trial: Trial, more: Path | None) -> Iterator[Wrong]:
    for one in mistakes(trial.folder):
        yield Wrong(name=one.name, exercise=one.exercise, code=one.code)
    lines = more.read_text(encoding="utf-8").splitlines() if more else []
    for number, line in enumerate(lines, 1):
        data = json.loads(line)
        if data.get("exercise") in trial.max_points:
            name = f"{data['exercise']}/line {number}"
            yield Wrong(name=name, exercise=data["exercise"], code=data["code"])


def _tried(trial: Trial, answer: Wrong) -> tuple[str, str]:
    """What became of it, and the gap in words."""
    cells = [
        dataclasses.replace(cell, source=answer.code) if cell.name == answer.exercise else cell
        for cell in trial.cells
        if cell.name == answer.exercise or cell.name not in TRAINING
    ]
    report = trial.judge.grade(cells, only=frozenset({answer.exercise}), public=True).report
    result = report.exercise(answer.exercise)
    lost = [check for check in result.checks if check.credit < 1]
    gap = next((check.gap for check in lost if check.gap is not None), None)
    if not lost:
        return "full marks", ""
    if answer.exercise in TRAINING:
        return "training", ""
    if gap is None and any(check.outcome in ENDED for check in lost):
        return "ended the kernel", ""
    return ("gap", _of(gap)) if gap is not None else ("no gap", _why(result))


def _of(gap: Gap) -> str:
    inputs = ", ".join(f"{name} = {value.text}" for name, value in gap.inputs)
    sides = [side.values or side.text for side in (gap.expected, gap.actual) if side is not None]
    return f"\n    {gap.call} | {inputs}\n    {gap.fact}\n    {' | '.join(map(str, sides))[:300]}"


def _why(result: ExerciseResult) -> str:
    said = [f"{c.check.name}: {c.sentences[0].text}" for c in result.checks if c.credit < 1]
    return f"\n    {said[0] if said else ''}"


def _in_words(found: Counter[str]) -> str:
    asked = found["gap"] + found["no gap"]
    share = f"{found['gap'] / asked:.0%}" if asked else "none"
    others = ", ".join(f"{n} {kind}" for kind, n in found.items() if kind not in ("gap", "no gap"))
    return f"{found['gap']} of {asked} wrong answers show their gap ({share})" + (
        f"; {others}" if others else ""
    )


if __name__ == "__main__":
    try:
        main()
    except KitError as problem:
        sys.exit(str(problem))
