"""What chance does to a trained model's points: the recipe of `model` under many seeds.

    python benchmarks/accuracy.py --runs 100 --keep accuracy.jsonl
    python benchmarks/accuracy.py --runs 100 --first 100 --keep accuracy.jsonl
    python benchmarks/accuracy.py --runs 20 --recipe momentum
    python benchmarks/accuracy.py --sum accuracy.jsonl
    python benchmarks/accuracy.py --runs 40 --band

Run n trains with seed n on the digits that kernels see while grading, and is judged as a grading
under a secret of its own would judge it: on hidden digits drawn and changed by that secret. Both
kinds of chance are in the spread, then. A recipe is the reference's cell or one of the variants
beside the checks. `plain` is the accuracy on the same hidden digits unchanged, `visible` that on
the 1,000 test digits which students look at. "Below full marks" is counted, and estimated from a
normal curve of the same mean and standard deviation, because 200 runs cannot show 1 in 1,000.
With --band it prints what `REFERENCE_BAND` beside the check of `model` holds: between which numbers
nine of ten histories lie, epoch by epoch, and the key of the digits that they are of.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import torch

from autograder.authoring.chance import normal_tail, seeded
from autograder.course.cells import judged_cells
from autograder.course.course import Course, open_course
from autograder.course.digits import other_hidden_digits, ready_digits
from autograder.course.packed import kernel_env, pack, shown_digits
from autograder.diagnosis.answers import variants
from autograder.errors import KitError, UnknownName
from autograder.marking.bench import judge_assignment
from autograder.mnist import load_tensors
from autograder.settings.load import find_root, load

REPOSITORY = Path(__file__).resolve().parents[1]
ASSIGNMENT, EXERCISE, REFERENCE = "4-training", "model", "reference"
VISIBLE = 1000
RESERVE = 0.02  # what the notebook's own check asks for beyond full marks


@dataclass(frozen=True, kw_only=True, slots=True)
class Training:
    """A training, and what the model read right afterwards, as shares of 1."""

    digits: str
    recipe: str
    seed: int
    hidden: float
    plain: float
    visible: float
    lowest_digit: float
    wall_s: float
    history: Sequence[dict[str, float]] = ()


def recipes(course: Course) -> dict[str, str]:
    """The source of the cell `model`, by name: the reference's and each variant's."""
    source = course.source_notebook(ASSIGNMENT)
    cells = {cell.name: cell.source for cell in judged_cells(source).values()}
    found = {REFERENCE: cells[EXERCISE]}
    for answer in variants(course.checks_folder(ASSIGNMENT)):
        if answer.exercise == EXERCISE:
            found[answer.path.stem] = answer.code
    return found


def notebook(course: Course) -> dict[str, Any]:
    """The reference's names as its cells leave them: functions, classes, loaders."""
    names: dict[str, Any] = {"__name__": "notebook"}
    packed, (_key, shown) = pack(course, ASSIGNMENT), shown_digits(course)
    reference = judge_assignment(packed, course.checks_folder(ASSIGNMENT), shown, None).reference
    with mock.patch.dict(os.environ, kernel_env(shown)):
        for name, source in reference:
            exec(compile(source, f"<cell {name}>", "exec"), names)
    return names


def read_right(model: torch.nn.Module, images: torch.Tensor, labels: torch.Tensor) -> float:
    """The share of the images that the model reads right."""
    model.eval()
    with torch.no_grad():
        return (model(images).argmax(dim=1) == labels).float().mean().item()


def trainings(course: Course, name: str, seeds: Sequence[int]) -> Iterator[Training]:
    """Trains by the recipe once for each seed, and judges on hidden digits drawn for it."""
    known = recipes(course)
    if name not in known:
        raise UnknownName("recipe", name, known)
    names = notebook(course)
    prepared = ready_digits(course)
    visible = load_tensors(prepared.root, train_samples=1, test_samples=VISIBLE)[1].tensors
    for seed in seeds:
        begin = time.monotonic()
        with contextlib.redirect_stdout(io.StringIO()):
            exec(seeded(known[name], seed), names)
        wall_s, model = time.monotonic() - begin, names["model"]
        secret = f"accuracy run {seed}".encode()
        images, labels = other_hidden_digits(course, secret)
        plain = other_hidden_digits(course, secret, strength=0.0)
        yield Training(
            digits="MNIST" if prepared.is_full else "offline",
            recipe=name,
            seed=seed,
            hidden=read_right(model, images, labels),
            plain=read_right(model, *plain),
            visible=read_right(model, *visible),
            lowest_digit=min(
                read_right(model, images[labels == digit], labels[labels == digit])
                for digit in sorted(set(labels.tolist()))
            ),
            wall_s=round(wall_s, 3),
            history=names["history"],
        )


def show(found: Sequence[Training], full: float) -> None:
    """A line a recipe: its accuracies on hidden digits, and how often full marks are missed."""
    heads = ("runs", "visible", "plain", "hidden", "sd", "lowest", "5 %", "median", "below")
    print(f"{'digits':<9}{'recipe':<20}{''.join(f'{h:>9}' for h in heads)}  normal tail")
    for digits, recipe in sorted({(one.digits, one.recipe) for one in found}):
        runs = [one for one in found if (one.digits, one.recipe) == (digits, recipe)]
        hidden = sorted(one.hidden for one in runs)
        mean, sd = statistics.mean(hidden), statistics.stdev(hidden) if len(runs) > 1 else 0.0
        shares = [
            statistics.mean(one.visible for one in runs),
            statistics.mean(one.plain for one in runs),
            mean,
            sd,
            hidden[0],
            hidden[len(hidden) // 20],
            statistics.median(hidden),
        ]
        below = sum(value < full for value in hidden)
        tail = f"{max(normal_tail(mean - full, sd), 1e-9):.0e}" if sd else "–"
        figures = "".join(f"{100 * share:>9.2f}" for share in shares)
        print(f"{digits:<9}{recipe:<20}{len(runs):>9}{figures}{below:>9}  {tail}")
    print(f"Accuracies in percent; full marks at {full:.0%}. ", end="")
    print(f"A training took {statistics.median(one.wall_s for one in found):.1f} s.")
    aimed = [one for one in found if one.visible >= full + RESERVE]
    missed = sum(one.hidden < full for one in aimed)
    print(f"{len(aimed)} read {full + RESERVE:.0%} of the visible digits or more: ", end="")
    print(f"{missed} of these missed full marks.")
    lowest = min(one.lowest_digit for one in found)
    print(f"The digit that is read worst: {lowest:.0%} right in the worst training.")


def band(found: Sequence[Training], key: str) -> list[list[float]]:
    """The 5th and the 95th percentile of each epoch's number, over trainings of equal length."""
    made = []
    for epoch in zip(*(one.history for one in found), strict=True):
        cuts = statistics.quantiles([row[key] for row in epoch], n=20)
        made.append([round(cuts[0], 4), round(cuts[-1], 4)])
    return made


def show_band(found: Sequence[Training], course: Course) -> None:
    digits, _ = shown_digits(course)
    print(f"REFERENCE_BAND = {{{digits!r}: {{  # {found[0].digits}, {len(found)} trainings")
    for key in ("test_loss", "accuracy"):
        print(f"    {key!r}: {band(found, key)},")
    print("}}")


def read(path: Path) -> list[Training]:
    """The trainings that were kept in a file; none may be there twice."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [Training(**json.loads(line)) for line in lines]
    keys = [(one.digits, one.recipe, one.seed) for one in found]
    if len(set(keys)) < len(keys):
        raise KitError(f"{path} holds some trainings twice.", "Start --first behind the last one.")
    return found


def measure(arguments: argparse.Namespace, course: Course) -> list[Training]:
    """Trains until the runs or the minutes are used up; keeps each training as it ends."""
    started, found = time.monotonic(), []
    seeds = range(arguments.first, arguments.first + arguments.runs)
    with contextlib.ExitStack() as stack:
        kept = stack.enter_context(arguments.keep.open("a")) if arguments.keep else None
        for one in trainings(course, arguments.recipe, seeds):
            found.append(one)
            if kept:
                kept.write(json.dumps(asdict(one)) + "\n")
            if len(found) % 10 == 0:
                print(f"seed {one.seed}: {one.hidden:.1%}", file=sys.stderr, flush=True)
            if time.monotonic() - started > 60 * arguments.minutes:
                break
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=20, help="trainings (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="seed of the first one")
    parser.add_argument("--recipe", default=REFERENCE, help="reference, or a variant of model")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after these")
    parser.add_argument("--keep", type=Path, help="add the trainings to this file")
    parser.add_argument("--band", action="store_true", help="print the band of the histories")
    parser.add_argument("--sum", type=Path, help="show what such a file holds")
    arguments = parser.parse_args()
    if arguments.runs < 1 or arguments.first < 0:
        parser.error("--runs is 1 or more, --first 0 or more.")
    return arguments


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(1)
    course = open_course(load(find_root(REPOSITORY)))
    found = read(arguments.sum) if arguments.sum else measure(arguments, course)
    show(found, course.settings.grading.full_marks_accuracy)
    if arguments.band:
        show_band(found, course)


if __name__ == "__main__":
    try:
        main()
    except KitError as problem:
        sys.exit(str(problem))
