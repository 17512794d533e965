"""A large class with hostile and broken submissions in it: does it finish, is every grade right?

    python benchmarks/soak.py --good 900 --bad 100

Good students hand in the reference, variants (full marks) or mistakes (all but the one exercise
full, and that one below, each failing check known). Bad ones are lines of the attack suite. The
class is graded by `autograder grade` in a throwaway course; then each grade is looked at, and what
the run took and left. Exit status 1 where anything is not as it must be.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from autograder.diagnosis.answers import Answer, mistakes, variants  # noqa: E402
from autograder.results import Report  # noqa: E402
from tests.attacks import evidence  # noqa: E402
from tests.attacks.harness import Arena, Batch, Evidence  # noqa: E402
from tests.attacks.lines import Line, load  # noqa: E402
from tests.attacks.submissions import hand_in  # noqa: E402
from tests.attacks.verdicts import ended_well, of_reasons, of_scores  # noqa: E402

# Memory is flat if the last quarter of the run holds no more than the second and this.
_MAY_GROW = 1.15
_MAY_GROW_MB = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Good:
    """An honest student: `wrong` is the mistake that was handed in, if any."""

    name: str
    answers: tuple[Answer, ...] = ()
    wrong: Answer | None = None


def good_students(count: int, assignment: str, seed: int) -> list[Good]:
    """One in three hands in the reference, one variants, one a mistake."""
    folder = REPOSITORY / "tests" / "hidden" / assignment
    other_ways, wrong = variants(folder), mistakes(folder)
    draw = random.Random(seed)
    students = []
    for number in range(count):
        name = f"good-{number + 2:04d}"
        if number % 3 == 1 and other_ways:
            students.append(Good(name=name, answers=tuple(_one_of_each(other_ways, draw))))
        elif number % 3 == 2 and wrong:
            mistake = draw.choice(wrong)
            students.append(Good(name=name, answers=(mistake,), wrong=mistake))
        else:
            students.append(Good(name=name))
    return students


def _one_of_each(answers: Sequence[Answer], draw: random.Random) -> Iterator[Answer]:
    for exercise in sorted({answer.exercise for answer in answers}):
        yield draw.choice([answer for answer in answers if answer.exercise == exercise])


def bad_students(count: int, assignment: str, seed: int) -> list[Line]:
    """Lines of the suite for this assignment, again from the start when all are used."""
    draw = random.Random(seed)
    lines = [line for line in load() if line.assignment == assignment]
    picked: list[Line] = []
    while len(picked) < count:
        picked += draw.sample(lines, min(len(lines), count - len(picked)))
    return [
        replace(line, id=f"bad-{number:04d}-{line.id.split('-')[0]}", expect={}, baseline={})
        for number, line in enumerate(picked)
    ]


def hand_in_good(students: Sequence[Good], arena: Arena, course: Path, assignment: str) -> None:
    released, answers = arena.released(assignment), arena.answers(assignment)
    for student in students:
        cells = {answer.exercise: answer.source for answer in student.answers}
        line = Line(
            id=student.name, kind="", assignment=assignment, what="", expect={}, cells=cells
        )
        hand_in(line, released, answers, course / "submitted" / student.name / assignment)


def wrong_grades(students: Sequence[Good], found: Evidence) -> Iterator[str]:
    """What is not right about the honest students' grades."""
    for student in students:
        row, report = found.scores.get(student.name), found.reports.get(student.name)
        if row is None or report is None:
            yield f"{student.name} was not graded"
            continue
        wrong = student.wrong.exercise if student.wrong else ""
        for name, most in row.max_points.items():
            if name != wrong and row.points[name] != most:
                yield f"{student.name} has {row.points[name]} of {most} for {name}"
        if student.wrong is not None:
            yield from _of_a_mistake(student.name, student.wrong, report)


def _of_a_mistake(student: str, mistake: Answer, report: Report) -> Iterator[str]:
    lost = {c.check.name for c in report.exercise(mistake.exercise).checks if c.credit < 1}
    missed = set(mistake.fails) - lost
    if missed:
        yield f"{student} handed in {mistake.name}, and {sorted(missed)} did not fail"


def without_reason(lines: Sequence[Line], found: Evidence) -> Iterator[str]:
    """Bad submissions without a row, with impossible points, or without a word why."""
    for line in lines:
        row = found.scores.get(line.id)
        if row is None or not row.points:
            yield f"{line.id} has no row in the gradebook"
            continue
        yield from of_scores(row, line.id, found.reports.get(line.id))
        yield from of_reasons(found.reports.get(line.id), line.id)


def lasting_mb(found: Evidence) -> list[float]:
    """What outlives a submission, over the run: the command, its workers, the fork server."""
    return [one.command + one.workers + one.fork_server for one in found.memory]


def growth(found: Evidence) -> Iterator[str]:
    """Whether what outlives a submission grew from the second quarter of the run to the last."""
    held = lasting_mb(found)
    if len(held) < 16:
        return
    quarter = len(held) // 4
    before = statistics.median(held[quarter : 2 * quarter])
    after = statistics.median(held[-quarter:])
    if after > before * _MAY_GROW and after > before + _MAY_GROW_MB:
        yield f"memory grew from {before:.0f} to {after:.0f} MB"


def report(found: Evidence, count: int, told: Sequence[str]) -> None:
    out = sys.stdout.write
    out(f"{count} submissions in {found.seconds:.0f} s: {count / found.seconds:.2f} a second\n")
    for part in ("command", "workers", "fork_server", "kernels", "total"):
        held = [getattr(one, part) for one in found.memory] or [0.0]
        quarter = max(len(held) // 4, 1)
        out(
            f"  {part:12} peak {max(held):6.0f} MB, median of each quarter "
            + " ".join(
                f"{statistics.median(held[i : i + quarter]):6.0f}"
                for i in range(0, 4 * quarter, quarter)
                if held[i : i + quarter]
            )
            + "\n"
        )
    out(f"  left: {len(found.survivors)} processes, {len(found.leftovers)} files and objects\n")
    out(f"  exit status {found.exit_status}; {len(told)} things are not as they must be\n")
    for text in told:
        out(f"    {text}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--good", type=int, default=900)
    parser.add_argument("--bad", type=int, default=100)
    parser.add_argument("--assignment", default="1-tensors")
    parser.add_argument("--workers", type=int, default=0, help="0: one a core")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="a file for the samples of memory and findings")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    good = good_students(args.good, args.assignment, args.seed)
    bad = bad_students(args.bad, args.assignment, args.seed)
    arena = Arena()
    try:
        batch = Batch(assignment=args.assignment, lines=tuple(bad), workers=args.workers)
        course = arena.course_for(batch)
        hand_in_good(good, arena, course, args.assignment)
        found = Evidence(root=course, batch=batch)
        before = evidence.ipc_objects()
        arena.grade(found, course)
        found.survivors = arena.machine.survivors()
        found.leftovers = arena.machine.leftovers() + sorted(evidence.ipc_objects() - before)
        arena.read_gradebook(found, course)
        told = _everything_wrong(good, bad, found)
    finally:
        arena.close()
    if args.json:
        samples = [asdict(moment) for moment in found.memory]
        args.json.write_text(
            json.dumps({"seconds": found.seconds, "memory": samples, "told": told})
        )
    report(found, len(good) + len(bad) + 1, told)
    return 1 if told else 0


def _everything_wrong(good: Sequence[Good], bad: Sequence[Line], found: Evidence) -> list[str]:
    told = [*wrong_grades(good, found), *without_reason(bad, found), *growth(found)]
    told += [f"lives on: {text}" for text in found.survivors]
    told += [f"left behind: {text}" for text in found.leftovers]
    if not ended_well(found) or "Traceback (most recent" in found.terminal:
        told.append(f"exit status {found.exit_status}: {found.terminal[-800:]}")
    return told


if __name__ == "__main__":
    raise SystemExit(main())
