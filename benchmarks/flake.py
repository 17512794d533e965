"""How often chance alone fails a right answer: an assignment's checks under many secret seeds.

    python benchmarks/flake.py 4-training --runs 300 --keep flake.jsonl
    python benchmarks/flake.py 4-training --runs 300 --first 300 --keep flake.jsonl
    python benchmarks/flake.py 4-training --runs 5 --answers
    python benchmarks/flake.py --sum flake.jsonl

The reference solution is opened in a real kernel, and all its checks are run under one seed after
the other; the hidden digits are drawn anew for each. A grading counts as failed if any
check earned less than all. With `--answers` the mistakes and variants are tried under each seed
too: a mistake has to lose where it says, a variant nothing. `--keep` adds what was found to a
file, so that a long measurement can be made in parts; `--sum` adds the parts up.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.authoring.chance import use_seed
from autograder.authoring.trial import Trial, complaint, complaints
from autograder.course.course import Course, open_course
from autograder.errors import KitError
from autograder.judge.sitting import Sitting
from autograder.results import close
from autograder.settings.load import find_root, load

REPOSITORY = Path(__file__).resolve().parents[1]
CONFIDENCE = 0.95
# What a check draws with matplotlib stays in the notebook: after 220 gradings of 2-data that was
# 4 GB, the kernel's limit.
GRADINGS_A_NOTEBOOK = 50


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What some gradings came to: how many there were, and what was wrong with which."""

    assignment: str
    first: int
    gradings: int
    wrong: tuple[str, ...]
    failed: int
    wall_s: float


def reference_gradings(
    course: Course, trial: Trial, numbers: Sequence[int]
) -> Iterator[tuple[int, list[str]]]:
    """The complaints about the reference, for each seed; its notebook is run now and then."""
    with Sitting(trial.cells, trial.judge.plan, trial.judge.limits) as sitting:
        for place, number in enumerate(numbers):
            sitting.renew_time()
            if place % GRADINGS_A_NOTEBOOK == 0:
                sitting.open()
            use_seed(trial, course, number)
            run = trial.judge.run_checks(sitting)
            report = close("", trial.max_points, run.expected, run.found, reason="Not run.")
            yield number, complaints(report, f"seed {number}", 1.0)


def answers_tried(
    course: Course, trial: Trial, numbers: Sequence[int], exercises: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """The complaints about the mistakes and variants of these exercises or all, for each seed."""
    answers = trial.answers(frozenset(exercises))
    for number in numbers:
        use_seed(trial, course, number)
        tried = [(t.answer.name, complaint(t)) for t in trial.each(answers)]
        yield number, [f"seed {number}: {name} {told}" for name, told in tried if told]


def _until_interrupted(found: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Ends at Ctrl-C too, so that what was measured until then is told and kept."""
    with contextlib.suppress(KeyboardInterrupt):
        yield from found


def measure(arguments: argparse.Namespace) -> Tally:
    """Grades until the runs or the minutes are used up, and says what is wrong as it comes."""
    course = open_course(load(find_root(REPOSITORY)))
    trial = Trial(course, arguments.assignment)
    numbers = range(arguments.first, arguments.first + arguments.runs)
    started, count, failed, wrong = time.monotonic(), 0, 0, []
    if arguments.answers is None:
        found = reference_gradings(course, trial, numbers)
    else:
        found = answers_tried(course, trial, numbers, arguments.answers)
    for number, said in _until_interrupted(found):
        count += 1
        failed += bool(said)
        wrong += said
        for line in said:
            print(line, flush=True)
        elapsed = time.monotonic() - started
        if count % 20 == 0:
            print(f"seed {number}: {count} in {elapsed:.0f} s", file=sys.stderr, flush=True)
        if elapsed > 60 * arguments.minutes:
            break
    return Tally(
        assignment=arguments.assignment + ("" if arguments.answers is None else " answers"),
        first=arguments.first,
        gradings=count,
        wrong=tuple(wrong),
        failed=failed,
        wall_s=round(time.monotonic() - started, 1),
    )


def upper_bound(failed: int, count: int) -> float:
    """The rate that is not exceeded, with 95 % confidence (Clopper and Pearson, one-sided)."""
    low, high = failed / count, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        at_most = math.fsum(
            math.comb(count, k) * middle**k * (1 - middle) ** (count - k) for k in range(failed + 1)
        )
        low, high = (middle, high) if at_most > 1 - CONFIDENCE else (low, middle)
    return high


def show(tallies: Sequence[Tally]) -> None:
    """A line an assignment: gradings, failed ones, the rate that 95 % confidence allows."""
    print(f"{'assignment':<20}{'gradings':>9}{'failed':>8}{'rate at most':>14}{'s each':>8}")
    for name in sorted({tally.assignment for tally in tallies}):
        parts = [tally for tally in tallies if tally.assignment == name]
        count, failed = sum(t.gradings for t in parts), sum(t.failed for t in parts)
        each_s = sum(t.wall_s for t in parts) / count
        bound = f"1 in {1 / upper_bound(failed, count):,.0f}"
        print(f"{name:<20}{count:>9,}{failed:>8}{bound:>14}{each_s:>8.2f}")
        for line in [line for part in parts for line in part.wrong]:
            print(f"  {line}")


def read(path: Path) -> list[Tally]:
    """The parts that were kept in a file; no seed may be counted twice."""
    lines = path.read_text(encoding="utf-8").splitlines()
    tallies = [
        Tally(**{**json.loads(line), "wrong": tuple(json.loads(line)["wrong"])}) for line in lines
    ]
    seen: set[tuple[str, int]] = set()
    for tally in tallies:
        own = {(tally.assignment, tally.first + n) for n in range(tally.gradings)}
        if own & seen:
            raise KitError(f"{path} holds seed {min(own & seen)[1]} of {tally.assignment} twice.")
        seen |= own
    return tallies


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("assignment", nargs="?", help="such as 4-training")
    parser.add_argument("--runs", type=int, default=100, help="seeds (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="number of the first seed")
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop after these")
    parser.add_argument(
        "--answers",
        nargs="*",
        metavar="EXERCISE",
        help="the mistakes and variants instead, of these exercises or of all",
    )
    parser.add_argument("--keep", type=Path, help="add what was found to this file")
    parser.add_argument("--sum", type=Path, help="add up the parts in this file")
    arguments = parser.parse_args()
    if (arguments.assignment is None) == (arguments.sum is None):
        parser.error("give an assignment, or --sum and a file.")
    if arguments.runs < 1 or arguments.first < 0:
        parser.error("--runs is 1 or more, --first 0 or more.")
    return arguments


def main() -> None:
    arguments = _arguments()
    if arguments.sum is not None:
        show(read(arguments.sum))
        return
    tally = measure(arguments)
    if arguments.keep is not None:
        with arguments.keep.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(dataclasses.asdict(tally)) + "\n")
    show([tally])
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    try:
        main()
    except KitError as problem:
        sys.exit(str(problem))
