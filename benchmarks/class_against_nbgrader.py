"""The same class graded by stock nbgrader and by the kit, in one run, side by side.

    python benchmarks/class_against_nbgrader.py            # about 10 minutes on 2 cores
    python benchmarks/class_against_nbgrader.py --repeats 1 --sizes 10 --only 1-tensors

Every submission is the reference solution. Stock nbgrader grades it with the visible checks alone,
as ordinary tests in the notebook: it is given less to check than the kit, which runs the hidden
checks too. CPU time is that of all processes: this one adopts the fork server that the commands
leave behind, and Linux counts the kernels to it. Prints Markdown.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from nbformat import NotebookNode

from autograder.course.cells import GUARD_BEGIN, is_checks, judged_cells
from autograder.course.course import Course, open_course
from autograder.course.packed import kernel_env, kernel_limits, kernel_plan, shown_digits
from autograder.handout.release import register
from autograder.kernel.launcher import SERVER
from autograder.kernel.plan import KernelPlan
from autograder.kernel.session import Kernel
from autograder.settings.load import load

REPOSITORY = Path(__file__).resolve().parents[1]
STOCK_CONFIG = """
import os
c = get_config()
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.course_id = "pytorch"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
c.Execute.timeout = 300
"""
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a command took: seconds on the clock and of CPU, all its processes together."""

    wall_s: float
    cpu_s: float


def measured(command: Sequence[str], folder: Path, env: dict[str, str]) -> Cost:
    """Runs a command and waits for all it started; raises SystemExit where it fails."""
    before, started = _cpu_of_children(), time.monotonic()
    run = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    wall_s = time.monotonic() - started
    end_fork_servers()
    if run.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return Cost(wall_s=wall_s, cpu_s=_cpu_of_children() - before)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fork_servers() -> list[psutil.Process]:
    """The fork servers that have become this process's children."""
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if SERVER in child.cmdline():
                found.append(child)
    return found


def end_fork_servers() -> None:
    for server in fork_servers():
        server.send_signal(signal.SIGTERM)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(server.pid, 0)


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the courses. Readable for all: as root, kernels run as users of their own."""
    folder = Path(tempfile.mkdtemp(prefix="class-bench-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_course(folder: Path, assignment: str) -> Course:
    """A course of ours with one assignment, as in this repository."""
    folder.mkdir()
    for name in ("course_config.py", "nbgrader_config.py"):
        shutil.copy(REPOSITORY / name, folder / name)
    for name in ("solutions", "tests/hidden"):
        shutil.copytree(REPOSITORY / name / assignment, folder / name / assignment)
    course = open_course(load(folder))
    shown_digits(course)
    register(course, assignment)
    return course


def make_stock_course(folder: Path, assignment: str, env: dict[str, str]) -> None:
    """The same course for nbgrader alone: the guard of each graded cell is left out."""
    source = folder / "solutions" / assignment / f"{assignment}.ipynb"
    source.parent.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(STOCK_CONFIG, encoding="utf-8")
    nbformat.write(without_guard(read_source(assignment)), source)
    measured([*NBGRADER, "generate_assignment", assignment], folder, env)


def read_source(assignment: str) -> NotebookNode:
    return nbformat.read(
        REPOSITORY / "solutions" / assignment / f"{assignment}.ipynb", as_version=4
    )


def without_guard(notebook: NotebookNode) -> NotebookNode:
    for cell in notebook.cells:
        if is_checks(cell):
            cell.source = cell.source.partition(GUARD_BEGIN)[0]
    return notebook


def hand_in(folder: Path, assignment: str, count: int) -> None:
    """Makes it a class of `count`, each with the reference solution."""
    shutil.rmtree(folder / "submitted", ignore_errors=True)
    solution = without_guard(read_source(assignment))
    for number in range(count):
        path = folder / "submitted" / f"student-{number:04d}" / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(solution, path)


NBGRADER = (sys.executable, "-W", "ignore", "-m", "nbgrader")
AUTOGRADER = (str(Path(sys.executable).with_name("autograder")),)


def stock_run(folder: Path, assignment: str, env: dict[str, str]) -> Cost:
    shutil.rmtree(folder / "autograded", ignore_errors=True)
    return measured([*NBGRADER, "autograde", assignment, "--force"], folder, env)


def our_run(folder: Path, assignment: str, workers: int, env: dict[str, str]) -> Cost:
    shutil.rmtree(folder / ".autograder" / "ledger", ignore_errors=True)
    config = (folder / "course_config.py").read_text(encoding="utf-8")
    config = config.partition("\n# benchmark\n")[0]
    config += f"\n# benchmark\nc.Grading.workers = {workers}\n"
    (folder / "course_config.py").write_text(config, encoding="utf-8")
    return measured([*AUTOGRADER, "grade", assignment], folder, env)


def own_cpu_s(assignment: str, course: Course) -> float:
    """CPU seconds of the notebook's own cells and visible checks, in a plain Python process."""
    cells = [
        c.source for c in without_guard(read_source(assignment)).cells if c.cell_type == "code"
    ]
    program = (
        "import time, sys, matplotlib.pyplot, torch, torchvision\n"
        "import autograder.mnist, autograder.expect\n"
        "torch.set_num_threads(1)\n"
        "names, started = {'__name__': '__main__'}, time.process_time()\n"
        f"for cell in {cells!r}:\n    exec(cell, names)\n"
        "print('CPU', time.process_time() - started, file=sys.stderr)\n"
    )
    env = {**os.environ, **digits_env(course), "MPLBACKEND": "agg"}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(run.stderr.split("CPU")[-1])


def digits_env(course: Course) -> dict[str, str]:
    """Where notebooks of a course find the digits."""
    return kernel_env(shown_digits(course)[1])


def sandboxed(course: Course) -> KernelPlan:
    """How kernels of a course are started."""
    return kernel_plan(kernel_limits(course), digits_env(course))


def kernel_start_s(course: Course, count: int = 20) -> float:
    """Seconds from asking for a kernel until it answers, the sandbox included: the median."""
    plan, waits = sandboxed(course), []
    Kernel(plan).close()
    for _ in range(count):
        started = time.perf_counter()
        kernel = Kernel(plan)
        waits.append(time.perf_counter() - started)
        kernel.close()
    return statistics.median(waits)


def kernel_memory_mb(course: Course, assignment: str) -> float:
    """What a kernel with the notebook run in it adds to the fork server's proportional set size."""
    plan = sandboxed(course)
    Kernel(plan).close()
    (server,) = fork_servers()
    before = _pss_mb(server)
    with Kernel(plan) as kernel:
        for cell in judged_cells(read_source(assignment)).values():
            kernel.run_cell(cell.source, 300)
        held = _pss_mb(server) + sum(_pss_mb(one) for one in server.children(recursive=True))
    return held - before


def _pss_mb(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 2**20


def compare(
    assignment: str, folder: Path, class_size: int, repeats: int, sizes: Sequence[int]
) -> Iterator[str]:
    """The Markdown lines about one assignment; stock and ours take turns."""
    course = make_course(folder / f"ours-{assignment}", assignment)
    env = dict(os.environ)
    stock_env = {**env, **digits_env(course), "OMP_NUM_THREADS": "1"}
    stock = folder / f"stock-{assignment}"
    make_stock_course(stock, assignment, stock_env)
    for place in (stock, course.root):
        hand_in(place, assignment, class_size)
    yield f"## {assignment}\n"
    yield f"Kernel, from asking to ready: {kernel_start_s(course):.3f} s. "
    yield f"Memory that a kernel adds: {kernel_memory_mb(course, assignment):.0f} MB.\n"
    end_fork_servers()
    own = statistics.median(own_cpu_s(assignment, course) for _ in range(repeats))
    theirs, ours = [], []
    for _ in range(repeats):
        theirs.append(stock_run(stock, assignment, stock_env))
        ours.append(our_run(course.root, assignment, 0, env))
    yield f"A class of {class_size}, medians of {repeats} runs. "
    yield f"The notebook's own cells and visible checks take {own:.2f} s of CPU.\n"
    yield "| | wall, s a submission | CPU, s a submission | above cells and checks |"
    yield "| --- | --- | --- | --- |"
    for name, costs in (("stock nbgrader", theirs), ("the kit, as it comes", ours)):
        wall = statistics.median(c.wall_s for c in costs) / class_size
        cpu = statistics.median(c.cpu_s for c in costs) / class_size
        yield f"| {name} | {wall:.2f} | {cpu:.2f} | {cpu - own:.2f} |"
    ratios = [t.wall_s / o.wall_s for t, o in zip(theirs, ours, strict=True)]
    yield f"\nThroughput: {statistics.median(ratios):.1f} times stock's.\n"
    stock_s = statistics.median(c.wall_s for c in theirs) / class_size
    yield from _growth(course, assignment, sizes, env, own, stock_s)


def _growth(
    course: Course,
    assignment: str,
    sizes: Sequence[int],
    env: dict[str, str],
    own: float,
    stock_s: float,
) -> Iterator[str]:
    yield "How the kit's cost grows, beside what stock needs for a submission in the class above:\n"
    yield (
        "| the kit: class of | workers | wall, s | s a submission "
        "| CPU above cells and checks, s a submission | times stock's throughput "
        "| again, nothing changed, s |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for count in sizes:
        hand_in(course.root, assignment, count)
        for workers in (1, 2, 3):
            cost = our_run(course.root, assignment, workers, env)
            again = measured([*AUTOGRADER, "grade", assignment], course.root, env)
            above = cost.cpu_s / count - own
            yield (
                f"| {count} | {workers} | {cost.wall_s:.1f} | {cost.wall_s / count:.3f} "
                f"| {above:.2f} | {stock_s * count / cost.wall_s:.1f} | {again.wall_s:.1f} |"
            )
    yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--class-size", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 50, 200])
    parser.add_argument("--only", action="append", help="an assignment; may be repeated")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise SystemExit("this Linux lets no process adopt the fork server: CPU can't be counted")
    with scratch() as folder:
        for assignment in args.only or ["1-tensors", "4-training"]:
            for line in compare(assignment, folder, args.class_size, args.repeats, args.sizes):
                print(line, flush=True)


if __name__ == "__main__":
    main()
