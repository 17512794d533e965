"""What the hidden tests in `stock/` take on the reference solution, in a plain Python process.

    python benchmarks/stock_tests.py            # about 3 minutes

Each run is a process of its own, as each submission has a kernel of its own: the notebook's cells
and visible checks, and behind those of an exercise its hidden tests. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.cells import GUARD_BEGIN
from autograder.hand_in.cells import exercise_checked_by, is_checks
from autograder.mnist import prepare

REPOSITORY = Path(__file__).resolve().parents[1]
STOCK = REPOSITORY / "benchmarks" / "stock"
ASSIGNMENTS = ("1-tensors", "4-training")

# Reads steps from stdin and runs them in one namespace; imports are a kernel's, and not counted.
PROGRAM = """
import json, sys, time, matplotlib.pyplot, torch, torchvision, unittest.mock
import autograder.mnist, autograder.expect

torch.set_num_threads(1)
given, names, taken = json.load(sys.stdin), {"__name__": "__main__"}, {}
for label, source in given["steps"]:
    cpu, wall = time.process_time(), time.perf_counter()
    exec(source, names)
    taken[label] = time.process_time() - cpu, time.perf_counter() - wall
"""
SAY = "print('SAID', json.dumps(taken))\n"


def hidden_tests(assignment: str) -> dict[str, str]:
    """The source of each exercise's hidden tests."""
    return {path.stem: path.read_text("utf-8") for path in (STOCK / assignment).glob("*.py")}


def steps(assignment: str) -> list[tuple[str, str]]:
    """The code of the reference solution in order, labelled: "cell 3", "checks of transpose",
    "hidden tests of transpose".
    """
    path = REPOSITORY / "solutions" / assignment / f"{assignment}.ipynb"
    tests, found = hidden_tests(assignment), []
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
        if is_checks(cell):
            exercise = exercise_checked_by(cell)
            found.append((f"checks of {exercise}", cell.source.partition(GUARD_BEGIN)[0]))
            found.append((f"hidden tests of {exercise}", tests[exercise]))
        elif cell.cell_type == "code":
            found.append((f"cell {number}", cell.source))
    return found


def run(program: str, given: Mapping[str, object], digits: Path) -> dict[str, Any]:
    """What a program says of the steps it is given; raises SystemExit where one of them raises."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        input=json.dumps(given),
        cwd=REPOSITORY,
        env={**os.environ, "MNIST_ROOT": str(digits), "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    said: dict[str, Any] = json.loads(done.stdout.rpartition("SAID")[2])
    return said


def line(assignment: str, repeats: int, digits: Path) -> str:
    """A row of the table: medians over the runs, of CPU and of time on the clock."""
    given = {"steps": steps(assignment)}
    runs = [run(PROGRAM + SAY, given, digits) for _ in range(repeats)]
    hidden_cpu, hidden_wall = (_median_ms(runs, "hidden", clock) for clock in (0, 1))
    own_cpu = _median_ms(runs, ("cell", "checks"), 0)
    return f"| {assignment} | {hidden_cpu:.1f} | {hidden_wall:.1f} | {own_cpu:.0f} |"


def _median_ms(
    runs: Sequence[Mapping[str, Sequence[float]]], kind: str | tuple[str, ...], clock: int
) -> float:
    sums = [sum(t[clock] for label, t in one.items() if label.startswith(kind)) for one in runs]
    return statistics.median(sums) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=7)
    repeats = parser.parse_args().repeats
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        digits = prepare(Path(folder), download=False, say=lambda _text: None).root
        print("| | hidden tests: CPU, ms | on the clock, ms | own cells and visible checks, ms |")
        print("| --- | --- | --- | --- |")
        for assignment in ASSIGNMENTS:
            print(line(assignment, repeats, digits), flush=True)


if __name__ == "__main__":
    main()
