"""The article's training, run with the reference solution: its accuracies beside those here.

    python benchmarks/article_training.py [--data FOLDER] [--seeds 3] [--epochs 5] [--threads 1]

*PyTorch for Beginners* (Dataquest, 2022) trains 784-512-512-10 by SGD with learning rate 0.001
in batches of 64 on 60,000 digits, and prints the test accuracy after each of 5 epochs. The
functions that train here are those of `solutions/4-training/4-training.ipynb`.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from torch.utils.data import DataLoader, TensorDataset

from autograder.errors import KitError, MissingFile
from autograder.mnist import load_tensors

REPOSITORY = Path(__file__).resolve().parents[1]
NOTEBOOK = REPOSITORY / "solutions" / "4-training" / "4-training.ipynb"
ARTICLE = (47.3, 63.2, 66.9, 72.4, 75.8)
LEARNING_RATE = 0.001
BATCH_SIZE = 64
FULL_COUNTS = (60_000, 10_000)
NEEDED = ("NeuralNetwork", "make_loss_and_optimizer", "train", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """The accuracy on the test digits, and what it took: on a busy machine `cpu_s` is the same."""

    percent: float
    wall_s: float
    cpu_s: float


def reference_solution(notebook: Path = NOTEBOOK) -> SimpleNamespace:
    """The notebook's imports, classes and functions; what it runs at top level is left out.

    So neither its small sample is loaded nor its model trained, nor is a check run.
    """
    if not notebook.is_file():
        raise MissingFile(notebook, "the reference solution whose functions train here")
    namespace: dict[str, Any] = {"__name__": "reference_solution"}
    for source in _code(notebook):
        cell = ast.parse(source)
        cell.body = [node for node in cell.body if isinstance(node, _DEFINITIONS)]
        exec(compile(cell, str(notebook), "exec"), namespace)
    missing = [name for name in NEEDED if name not in namespace]
    if missing:
        raise KitError(f"{notebook} does not define {', '.join(missing)}.")
    return SimpleNamespace(**{name: namespace[name] for name in NEEDED})


_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef)


def _code(notebook: Path) -> Iterator[str]:
    """The source of the cells that are no checks, without IPython's own lines."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        if cell["cell_type"] == "code" and not grade_id.endswith("-checks"):
            lines = "".join(cell["source"]).splitlines()
            yield "\n".join(line for line in lines if not line.startswith(("%", "!")))


def training_run(
    solution: SimpleNamespace, data: tuple[TensorDataset, TensorDataset], seed: int, epochs: int
) -> Iterator[Epoch]:
    """What each epoch came to, the test after it included in its time."""
    torch.manual_seed(seed)
    model = solution.NeuralNetwork()
    loss_fn, optimizer = solution.make_loss_and_optimizer(model, LEARNING_RATE)
    train_loader = DataLoader(data[0], batch_size=BATCH_SIZE, shuffle=True)
    test_loader = DataLoader(data[1], batch_size=BATCH_SIZE)
    for _ in range(epochs):
        begin, begin_cpu = time.perf_counter(), time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):  # the solution may report progress
            solution.train(train_loader, model, loss_fn, optimizer)
            accuracy, _ = solution.test(test_loader, model, loss_fn)
        yield Epoch(
            percent=100 * accuracy,
            wall_s=time.perf_counter() - begin,
            cpu_s=time.process_time() - begin_cpu,
        )


def show_run(runs: list[list[Epoch]]) -> None:
    """A line an epoch: the article, each seed here, mean seconds by the clock and of the CPU."""
    seeds = "".join(f"{f'seed {seed}':>9}" for seed in range(len(runs)))
    print(f"\n{'epoch':>5}{'article':>9}{seeds}{'seconds':>9}{'CPU s':>7}")
    for number, epochs in enumerate(zip(*runs, strict=True)):
        article = f"{ARTICLE[number]:.1f} %" if number < len(ARTICLE) else "–"
        here = "".join(f"{f'{epoch.percent:.1f} %':>9}" for epoch in epochs)
        wall_s = statistics.mean(epoch.wall_s for epoch in epochs)
        cpu_s = statistics.mean(epoch.cpu_s for epoch in epochs)
        print(f"{number + 1:>5}{article:>9}{here}{wall_s:>9.1f}{cpu_s:>7.1f}")


def _default_data() -> Path:
    shared = REPOSITORY.parent / "shared" / "data"
    if "MNIST_ROOT" in os.environ:
        return Path(os.environ["MNIST_ROOT"])
    return shared if shared.is_dir() else REPOSITORY / "data"


def _arguments() -> argparse.Namespace:
    description = (__doc__ or "").split("\n", 1)[0]
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--data",
        type=Path,
        default=_default_data(),
        help="MNIST in torchvision's layout (default: %(default)s)",
    )
    parser.add_argument("--seeds", type=int, default=1, help="runs, with seeds 0, 1, …")
    parser.add_argument("--epochs", type=int, default=len(ARTICLE), help="default: %(default)s")
    parser.add_argument("--threads", type=int, default=1, help="of torch (default: %(default)s)")
    arguments = parser.parse_args()
    for name in ("seeds", "epochs", "threads"):
        if getattr(arguments, name) < 1:
            parser.error(f"--{name} is {getattr(arguments, name)}: give 1 or more.")
    return arguments


def _threads(count: int) -> str:
    return "1 thread" if count == 1 else f"{count} threads"


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    solution = reference_solution()
    data = load_tensors(arguments.data)
    counts = (len(data[0]), len(data[1]))
    print(f"{counts[0]:,} training and {counts[1]:,} test digits of {arguments.data}, ", end="")
    print(f"{_threads(arguments.threads)}, torch {torch.__version__}")
    if counts != FULL_COUNTS:
        print("These are not MNIST's 60,000 and 10,000: the article's column does not compare.")
    runs: list[list[Epoch]] = []
    for seed in range(arguments.seeds):
        runs.append([])
        for epoch in training_run(solution, data, seed, arguments.epochs):
            runs[-1].append(epoch)
            done = f"seed {seed}, epoch {len(runs[-1])}: {epoch.percent:.1f} %"
            print(f"{done} in {epoch.wall_s:.1f} s", file=sys.stderr, flush=True)
    show_run(runs)


if __name__ == "__main__":
    try:
        main()
    except KitError as problem:
        sys.exit(str(problem))
