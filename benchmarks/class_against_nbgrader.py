"""The same class graded by stock nbgrader and by the kit, in one run, side by side.

    python benchmarks/class_against_nbgrader.py            # about 2 hours on 2 cores
    python benchmarks/class_against_nbgrader.py --rounds 1 --only "1-tensors mixed 40"

Stock nbgrader has ordinary hidden tests in its graded cells, one for each of our hidden checks
(`stock/`). A class is drawn by a seed (`mixed.py`). The clock runs from the command to its end,
hints included; nothing is warm, and no mistake was tried before. CPU time is that of all processes:
this one adopts the fork server that the commands leave behind, and Linux counts the kernels to it.
The floor is the same cells and stock's tests by `exec` in one warm process. Prints Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from mixed import draw, read_source  # type: ignore[import-not-found]  # its own folder
from nbformat import NotebookNode
from stock_tests import hidden_tests  # type: ignore[import-not-found]  # is on the path

from autograder.course.course import Course, open_course
from autograder.course.packed import kernel_env, shown_digits
from autograder.hand_in.cells import exercise_checked_by, is_checks
from autograder.handout.release import register
from autograder.kernel.launcher import SERVER
from autograder.nbgrader_bridge.gradebook import put_scripts_on_path
from autograder.settings.load import load

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGES = Path(sys.prefix) / "lib"
STOCK_CONFIG = """
import os
c = get_config()
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.course_id = "pytorch"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
c.Execute.timeout = 300
"""
NBGRADER = (sys.executable, "-W", "ignore", "-m", "nbgrader")
AUTOGRADER = (str(Path(sys.executable).with_name("autograder")),)
RESULT = re.compile(r"^  student-\d{4}: ")
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A class to grade; stock grades the first `stock_size` of it."""

    assignment: str
    size: int
    mixed: bool = True
    stock_size: int = 10

    def __str__(self) -> str:
        return f"{self.assignment} {'mixed' if self.mixed else 'reference'} {self.size}"


CASES = (
    Case(assignment="1-tensors", size=40),
    Case(assignment="1-tensors", size=200),
    Case(assignment="1-tensors", size=200, mixed=False),
    Case(assignment="4-training", size=60),
)


@dataclass(kw_only=True, slots=True)
class Cost:
    """What a command took: seconds on the clock and of CPU, all its processes together; when the
    first and the last result were told; and the most memory of the judges' processes, in MB.
    """

    wall_s: float
    cpu_s: float
    first_s: float = 0.0
    last_s: float = 0.0
    judges_mb: float = 0.0


def measured(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Cost:
    """Runs a command and waits for all it started; raises SystemExit where it fails."""
    before, started = _cpu_of_children(), time.monotonic()
    told: list[float] = []
    lines: list[str] = []
    process = subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with _memory_of_judges() as memory:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if RESULT.match(line):
                told.append(time.monotonic() - started)
        process.wait()
    wall_s = time.monotonic() - started
    end_fork_servers()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{''.join(lines)[-4000:]}")
    cost = Cost(wall_s=wall_s, cpu_s=_cpu_of_children() - before, judges_mb=max(memory))
    if told:
        cost.first_s, cost.last_s = told[0], told[-1]
    return cost


@contextlib.contextmanager
def _memory_of_judges() -> Iterator[list[float]]:
    """The proportional set size of all processes that judge, every two seconds."""
    seen, ended = [0.0], threading.Event()

    def look() -> None:
        while not ended.wait(2.0):
            held = 0.0
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    if _is_judge(process):
                        held += process.memory_full_info().pss / 2**20
            seen.append(held)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def _is_judge(process: psutil.Process) -> bool:
    """Whether it is the base, or was forked from it to judge: kernels have the fork server's name
    too, but run as users of their own or with less priority.
    """
    return SERVER in process.cmdline() and process.nice() == 0


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def end_fork_servers() -> None:
    """Ends the fork servers that have become this process's children.

    Waits for each process that a command left: only of those does Linux count the CPU time, and
    the base waits for its judges once a second.
    """
    time.sleep(1.5)
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if SERVER in child.cmdline():
                child.send_signal(signal.SIGTERM)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the courses. Readable for all: as root, kernels run as users of their own."""
    folder = Path(tempfile.mkdtemp(prefix="class-bench-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_course(folder: Path, case: Case) -> Course:
    """A course of ours with one assignment, as in this repository, and its class."""
    folder.mkdir()
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(REPOSITORY / name, folder / name)
    for name in ("solutions", "tests/hidden"):
        shutil.copytree(REPOSITORY / name / case.assignment, folder / name / case.assignment)
    course = open_course(load(folder))
    shown_digits(course)
    register(course, case.assignment)
    hand_in(folder, case, case.size)
    return course


def make_stock_course(folder: Path, case: Case, env: Mapping[str, str]) -> None:
    """The same course for nbgrader alone, with hidden tests in its graded cells."""
    source = folder / "solutions" / case.assignment / f"{case.assignment}.ipynb"
    source.parent.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(STOCK_CONFIG, encoding="utf-8")
    nbformat.write(with_hidden_tests(case.assignment), source)
    measured([*NBGRADER, "generate_assignment", case.assignment], folder, env)
    hand_in(folder, case, case.stock_size)


def with_hidden_tests(assignment: str) -> NotebookNode:
    """The reference's notebook with stock's hidden tests."""
    notebook, tests = read_source(assignment), hidden_tests(assignment)
    for cell in notebook.cells:
        if is_checks(cell):
            hidden = tests[exercise_checked_by(cell)]
            cell.source += f"\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS\n"
    return notebook


def hand_in(folder: Path, case: Case, count: int) -> None:
    for number, notebook in enumerate(draw(case.assignment, count, mixed=case.mixed)):
        name = f"{case.assignment}.ipynb"
        path = folder / "submitted" / f"student-{number:04d}" / case.assignment / name
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One round of a case: each command once."""

    stock: Cost
    stock_pages: Cost
    ours: Cost
    again: Cost
    pages: Cost
    pages_again: Cost
    page_mb: float
    floor_cpu_s: float
    imports: Mapping[str, float]


IMPORTS = {
    "torch and nbgrader": "import torch, nbgrader.api",
    "nbgrader": "import nbgrader.api",
}


def one_round(case: Case, folder: Path, ready: Course, stock: Path, env: dict[str, str]) -> Round:
    """Both sides once, ours in a course that has graded nothing yet."""
    course = folder / "course"
    shutil.rmtree(course, ignore_errors=True)
    shutil.copytree(ready.root, course)
    imports = {
        name: measured([sys.executable, "-c", program], folder, env).wall_s
        for name, program in IMPORTS.items()
    }
    stock_env = {**env, **kernel_env(shown_digits(ready)[1]), "OMP_NUM_THREADS": "1"}
    for name in ("autograded", "feedback"):
        shutil.rmtree(stock / name, ignore_errors=True)
    grade = [*AUTOGRADER, "grade", case.assignment]
    feedback = [*AUTOGRADER, "feedback", case.assignment]
    return Round(
        imports=imports,
        stock=measured([*NBGRADER, "autograde", case.assignment, "--force"], stock, stock_env),
        stock_pages=measured([*NBGRADER, "generate_feedback", case.assignment], stock, stock_env),
        ours=measured(grade, course, env),
        again=measured(grade, course, env),
        pages=measured(feedback, course, env),
        pages_again=measured(feedback, course, env),
        page_mb=max(p.stat().st_size for p in course.glob("feedback/*/*/*.html")) / 1e6,
        floor_cpu_s=floor_cpu_s(case, ready),
    )


FLOOR = """
import json, sys, time, matplotlib.pyplot, torch, torchvision, unittest.mock
import autograder.mnist, autograder.expect
torch.set_num_threads(1)
classes = json.load(sys.stdin)
def run(cells):
    names = {"__name__": "__main__"}
    for source in cells:
        try:
            exec(source, names)
        except Exception:
            pass
run(classes[0])
started = time.process_time()
for cells in classes:
    run(cells)
print("CPU", (time.process_time() - started) / len(classes))
"""


def floor_cpu_s(case: Case, course: Course) -> float:
    """CPU seconds of a submission's own cells, visible checks and stock's tests."""
    tests = hidden_tests(case.assignment)
    classes = []
    for notebook in draw(case.assignment, case.stock_size, mixed=case.mixed):
        cells = []
        for cell in notebook.cells:
            if cell.cell_type == "code":
                hidden = tests[exercise_checked_by(cell)] if is_checks(cell) else ""
                cells.append(f"{cell.source}\n{hidden}")
        classes.append(cells)
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FLOOR],
        input=json.dumps(classes),
        env={**os.environ, **kernel_env(shown_digits(course)[1]), "MPLBACKEND": "agg"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(run.stdout.split("CPU")[-1])


def table(case: Case, rounds: Sequence[Round]) -> Iterator[str]:
    """The lines about a case: medians of its rounds."""

    def median(of: Callable[[Round], float]) -> float:
        return statistics.median(of(one) for one in rounds)

    stock = median(lambda r: r.stock.wall_s / case.stock_size)
    stock_pages = median(lambda r: r.stock_pages.wall_s / case.stock_size)
    floor = median(lambda r: r.floor_cpu_s)
    cpu = median(lambda r: r.ours.cpu_s / case.size)
    ratio = median(lambda r: r.stock.wall_s / case.stock_size * case.size / r.ours.wall_s)
    both = median(
        lambda r: (
            (r.stock.wall_s + r.stock_pages.wall_s)
            / case.stock_size
            * case.size
            / (r.ours.wall_s + r.pages.wall_s)
        )
    )
    first = median(lambda r: r.ours.first_s / r.imports["torch and nbgrader"])
    again = median(lambda r: r.again.wall_s / r.imports["nbgrader"])
    pages_again = median(lambda r: r.pages_again.wall_s / r.imports["nbgrader"])
    yield f"### {case}\n"
    yield "| | |"
    yield "| --- | --- |"
    yield f"| stock nbgrader, autograde | {stock:.2f} s a submission |"
    yield f"| stock nbgrader, generate_feedback | {stock_pages:.2f} s a submission |"
    yield f"| the floor | {floor:.2f} CPU-s a submission |"
    yield f"| grade, to the end of the command | {median(lambda r: r.ours.wall_s):.1f} s |"
    yield f"| … to the last grade | {median(lambda r: r.ours.last_s):.1f} s |"
    yield f"| … to the first result | {median(lambda r: r.ours.first_s):.1f} s |"
    yield f"| … CPU | {cpu:.2f} CPU-s a submission, {cpu / floor:.1f} times the floor |"
    yield f"| … judges' processes together | {median(lambda r: r.ours.judges_mb):.0f} MB |"
    yield f"| **times stock's throughput** | **{ratio:.1f}** |"
    yield f"| **first result, of `import torch, nbgrader.api`** | **{first:.2f}** |"
    yield f"| grade again | {median(lambda r: r.again.wall_s):.2f} s |"
    yield f"| **of `import nbgrader.api`** | **{again:.2f}** |"
    pages = median(lambda r: r.pages.wall_s / case.size)
    yield f"| feedback | {pages:.3f} s a page, {median(lambda r: r.page_mb):.2f} MB at most |"
    yield f"| **feedback again, of `import nbgrader.api`** | **{pages_again:.2f}** |"
    yield f"| **grade and feedback, times stock's** | **{both:.1f}** |\n"


def small_commands(env: Mapping[str, str], rounds: int) -> Iterator[str]:
    """The commands that need none of it."""
    yield "### Commands that grade nothing\n"
    for arguments in (["--help"], ["settings"]):
        taken = [measured([*AUTOGRADER, *arguments], REPOSITORY, env).wall_s for _ in range(rounds)]
        yield f"- {' '.join(arguments)}: {statistics.median(taken):.2f} s"


def ready_environment() -> dict[str, str]:
    """The environment of commands; this process adopts what they leave, and packages are compiled.

    Raises SystemExit where Linux lets no process adopt.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise SystemExit("this Linux lets no process adopt the fork server: CPU can't be counted")
    put_scripts_on_path()
    env = dict(os.environ)
    # As on a machine on which the course was installed by pip: without it each start would compile.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    compiling = [sys.executable, "-m", "compileall", "-qq", str(PACKAGES)]
    subprocess.run(compiling, env=env, stdout=subprocess.DEVNULL, check=False)
    return env


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", help="a class, as '1-tensors mixed 40'")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    env = ready_environment()
    for line in small_commands(env, args.rounds):
        print(line, flush=True)
    for case in CASES:
        if args.only and str(case) not in args.only:
            continue
        with scratch() as folder:
            ready = make_course(folder / "ready", case)
            stock = folder / "stock"
            stock.mkdir()
            make_stock_course(stock, case, env)
            rounds = []
            for number in range(1, args.rounds + 1):
                rounds.append(one_round(case, folder, ready, stock, env))
                one = rounds[-1]
                print(
                    f"{case}, round {number}: stock {one.stock.wall_s:.1f} s for "
                    f"{case.stock_size}, ours {one.ours.wall_s:.1f} s",
                    file=sys.stderr,
                    flush=True,
                )
            for line in table(case, rounds):
                print(line, flush=True)


if __name__ == "__main__":
    main()
