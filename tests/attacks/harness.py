"""Throwaway courses, graded the way a user does: `autograder grade` in a terminal of its own.

A session makes one course (the repository's settings, sources and checks, with canaries planted
in all that is secret) and copies it for each batch: a few attackers beside `good-1`. What the
batch left is taken down in an `Evidence`; what must hold of it is in `verdicts`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.errors import KitError
from autograder.nbgrader_bridge.gradebook import opened, put_scripts_on_path
from autograder.results import Report, read
from tests.attacks import browser, evidence
from tests.attacks.evidence import NO_WALLS, Listener, Machine, Memory, MemoryWatch
from tests.attacks.lines import Line
from tests.attacks.submissions import Notebook, answered, hand_in, right_answers

REPOSITORY = Path(__file__).parents[2]
ASSIGNMENTS = ("1-tensors", "4-training")
GOOD = "good-1"
AGAIN, PLAIN = "-again", "-plain"
CANARY = "CAN" + "ARY-7f3a"
OFF = "AUTOGRADER_ATTACKS_WITHOUT_SANDBOX"
_GRADE_S = 6 * 3600
_MANY = 16
# Short limits: each endless loop costs these seconds. Memory and processes as shipped.
SETTINGS = """

c.MnistData.root = {data!r}
c.MnistData.also_look_in = [{also!r}]
c.MnistData.download = False
c.Limits.cell_s = 20.0
c.Limits.call_s = 8.0
c.Limits.submission_s = 100.0
"""
_COMMAND = "from autograder.cli import main; main()"
# With the sandbox off, for humans: kernels with our own rights.
_COMMAND_WITHOUT_SANDBOX = f"""
from autograder.cli import main
from autograder.kernel import launcher

launcher.SERVER = {NO_WALLS!r}
main()
"""
_SETTINGS_WITHOUT_SANDBOX = "\nc.SandboxPolicy.allow_no_sandbox = True\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """Lines that are graded in one run, because none can hide another's evidence."""

    assignment: str
    lines: tuple[Line, ...]
    workers: int = 2  # 0: one a core

    @property
    def look_again_s(self) -> float:
        return max(
            (line.expect.get("look_again_after_seconds", 0) for line in self.lines), default=0
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """A student's row: the points of each exercise that is graded by checks, and their maximum."""

    points: Mapping[str, float | None]
    max_points: Mapping[str, float]

    @property
    def total(self) -> float:
        return sum(value or 0.0 for value in self.points.values())


@dataclass(kw_only=True)
class Evidence:
    """What one batch left: seen once, after the command has ended."""

    root: Path
    batch: Batch
    exit_status: int = -1
    terminal: str = ""
    seconds: float = 0.0
    memory: list[Memory] = field(default_factory=list)
    scores: dict[str, Scores] = field(default_factory=dict)
    late_scores: dict[str, Scores] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    source_points: dict[str, float] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    changed_files: list[str] = field(default_factory=list)
    sights: dict[str, browser.Sight] = field(default_factory=dict)
    heard_by_browser: list[str] = field(default_factory=list)
    export: str = ""

    @property
    def peak_mb(self) -> float:
        return max((moment.total for moment in self.memory), default=0.0)

    def stored(self, student: str) -> list[Path]:
        """The files that grading made of a student's submission."""
        assignment = self.batch.assignment
        folders = [self.root / step / student / assignment for step in ("autograded", "feedback")]
        return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]

    def page(self, student: str) -> Path:
        assignment = self.batch.assignment
        return self.root / "feedback" / student / assignment / f"{assignment}.html"


def batches(lines: Iterable[Line], *, together: bool = False) -> list[Batch]:
    """Groups lines so that each one's evidence is its own, and few runs are needed.

    With `together`, classes share a run: quicker, and who left a process behind is not told.
    """
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        company = _company(line)
        if together and company == line.kind:
            company = "all"
        groups.setdefault((line.assignment, company), []).append(line)
    made = []
    for (assignment, company), members in groups.items():
        alone = company.startswith(("one after the other", "memory"))
        many = len(members) if together else _MANY
        for start in range(0, len(members), many):
            part = tuple(members[start : start + many])
            made.append(Batch(assignment=assignment, lines=part, workers=1 if alone else 2))
    return made


def _company(line: Line) -> str:
    if line.expect.get("run_twice"):
        return "one after the other"
    if "max_rss_mb" in line.expect:
        # Their peak is one number for all of a run.
        return f"memory {line.expect['max_rss_mb']}"
    if "look_again_after_seconds" in line.expect:
        return "later"
    return line.kind


class Arena:
    """A session: one prepared course, a fork server of its own, and the runs of batches."""

    def __init__(self, say: Any = print) -> None:
        # Short: the paths of sockets have 107 characters.
        self.machine = Machine(session=Path(tempfile.mkdtemp(prefix="atk-")))
        self.say = say
        for folder in (self.machine.tmp, self.machine.runtime):
            folder.mkdir(mode=0o700)
        self.template = self.machine.session / "course"
        self.count = 0
        self._prepare()

    def close(self) -> None:
        """Ends what runs and removes everything."""
        self.machine.end()
        _make_removable(self.machine.session)
        shutil.rmtree(self.machine.session, ignore_errors=True)

    def _prepare(self) -> None:
        course = self.template
        course.mkdir()
        for name in ASSIGNMENTS:
            _copy(f"solutions/{name}", course)
            _copy(f"tests/hidden/{name}", course)
        _copy("tests/hidden/tools", course)
        shutil.copy(REPOSITORY / "nbgrader_config.py", course)
        settings = (REPOSITORY / "course_config.py").read_text("utf-8") + SETTINGS.format(
            data=str(self.machine.session / "data"), also=str(REPOSITORY / "data")
        )
        if os.environ.get(OFF):
            settings += _SETTINGS_WITHOUT_SANDBOX
        (course / "course_config.py").write_text(settings, encoding="utf-8")
        for name in ASSIGNMENTS:
            _plant_in_checks(course / "tests" / "hidden" / name)
            _plant_in_source(course / "solutions" / name / f"{name}.ipynb")
        status, text = self._run(["build"], course)
        if status:
            raise RuntimeError(f"the course could not be built:\n{text}")

    def released(self, assignment: str) -> Notebook:
        path = self.template / "assignments" / assignment / f"{assignment}.ipynb"
        return dict(json.loads(path.read_text("utf-8")))

    def answers(self, assignment: str) -> dict[str, str]:
        """The reference's answers, from the repository: those of the course hold a canary."""
        path = REPOSITORY / "solutions" / assignment / f"{assignment}.ipynb"
        return right_answers(json.loads(path.read_text("utf-8")))

    def run(self, batch: Batch, listener: Listener) -> Evidence:
        """Hands in, grades, makes feedback, and takes down what there is to see."""
        course = self.course_for(batch)
        found = Evidence(root=course, batch=batch)
        evidence.clear_markers(course / "submitted")
        self.machine.clear()
        listener.taken()
        ipc, files = evidence.ipc_objects(), _digests(course)
        self.grade(found, course)
        found.survivors = self.machine.survivors()
        found.leftovers = self.machine.leftovers() + sorted(evidence.ipc_objects() - ipc)
        self.read_gradebook(found, course)
        status, text = self._run(["feedback", batch.assignment], course)
        found.exit_status, found.terminal = found.exit_status or status, found.terminal + text
        found.changed_files = _differences(files, _digests(course))
        found.markers = evidence.markers(course / "submitted")
        found.heard = listener.taken()
        self._look_again(found, course, listener)
        self._browse(found, course, listener)
        evidence.clear_markers(course / "submitted")
        return found

    def course_for(self, batch: Batch) -> Path:
        """A course of the batch's own, with everything handed in."""
        self.count += 1
        course = self.machine.session / f"c{self.count}"
        shutil.copytree(self.template, course, symlinks=True)
        config = course / "course_config.py"
        text = config.read_text("utf-8") + f"c.Grading.workers = {batch.workers}\n"
        config.write_text(text, encoding="utf-8")
        _plant_in_gradebook(course)
        released, answers = self.released(batch.assignment), self.answers(batch.assignment)
        _hand_in_good(course, batch.assignment, released, answers)
        for line in batch.lines:
            for student, version in submissions_of(line):
                hand_in(
                    version, released, answers, course / "submitted" / student / batch.assignment
                )
        return course

    def grade(self, found: Evidence, course: Path) -> None:
        """Runs the command, and keeps what it said and took."""
        started = time.monotonic()
        status, text = self._run(["grade", found.batch.assignment], course, found)
        found.seconds = time.monotonic() - started
        found.exit_status, found.terminal = status, text

    def _run(
        self, words: Sequence[str], course: Path, found: Evidence | None = None
    ) -> tuple[int, str]:
        """Runs the command in a terminal; its exit status and what it printed."""
        program = _COMMAND_WITHOUT_SANDBOX if os.environ.get(OFF) else _COMMAND
        command = [sys.executable, "-P", "-c", program, *words]
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "JUPYTER_"))},
            **self.machine.environment(),
            "COURSE_SECRET": f"{CANARY}-environment",
            "COLUMNS": "400",
            "PYTHONPATH": str(REPOSITORY),
        }
        return in_a_terminal(command, course, environment, self.machine, found)

    def read_gradebook(self, found: Evidence, course: Path) -> None:
        """Takes down every student's points and report."""
        found.source_points = _points_of(course, found.batch.assignment)
        found.scores = _scores(course, found.batch)
        for student in found.scores:
            path = course / "autograded" / student / found.batch.assignment / "checks.json"
            with contextlib.suppress(OSError, ValueError, KitError):
                found.reports[student] = read(path)

    def _look_again(self, found: Evidence, course: Path, listener: Listener) -> None:
        if found.batch.look_again_s:
            time.sleep(found.batch.look_again_s)
            found.markers += evidence.markers(course / "submitted")
            found.heard += listener.taken()
        found.late_scores = _scores(course, found.batch)

    def _browse(self, found: Evidence, course: Path, listener: Listener) -> None:
        if any("csv_safe" in line.expect for line in found.batch.lines):
            found.export = _exported(course)
        curious = [line for line in found.batch.lines if line.wants_browser]
        if curious and browser.chromium():
            pages = _pages(found, course, curious)
            found.sights = browser.look_at(pages, self.machine.session / "browser")
            found.heard_by_browser = listener.taken()


def _pages(found: Evidence, course: Path, lines: Sequence[Line]) -> list[browser.Page]:
    pages = []
    for line in lines:
        name = str(line.expect.get("not_run", ""))
        graded = course / "autograded" / line.id / line.assignment / f"{line.assignment}.ipynb"
        if found.page(line.id).is_file():
            html = found.page(line.id).read_text("utf-8")
            pages.append(browser.Page(name=f"{line.id} feedback", html=html, window_name=name))
        if graded.is_file():
            html = browser.formgrader_page(course, graded, line.id)
            pages.append(browser.Page(name=f"{line.id} Formgrader", html=html, window_name=name))
    return pages


def submissions_of(line: Line) -> Iterator[tuple[str, Line]]:
    """The students of a line: the attacker, its second self, and the one without the trick."""
    yield line.id, line
    if line.expect.get("run_twice"):
        yield line.id + AGAIN, line
    if line.baseline:
        yield (
            line.id + PLAIN,
            replace(line, cells=line.baseline, first_cells=(), append_cells=(), notebook_edit=""),
        )


def in_a_terminal(
    command: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str],
    machine: Machine,
    found: Evidence | None = None,
) -> tuple[int, str]:
    """Exit status and text of a command on a pseudo-terminal of 400 columns, as a user sees it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 400, 0, 0))
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    parts: list[bytes] = []
    reader = threading.Thread(target=_drain, args=(ours, parts), daemon=True)
    reader.start()
    with MemoryWatch(machine, process.pid) as memory:
        try:
            process.wait(_GRADE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    reader.join(5)
    os.close(ours)
    if found is not None:
        found.memory = memory.samples
    text = b"".join(parts).decode("utf-8", "replace").replace("\r\n", "\n")
    return process.returncode, text


def _drain(handle: int, parts: list[bytes]) -> None:
    with contextlib.suppress(OSError):
        while part := os.read(handle, 65536):
            parts.append(part)


def _copy(folder: str, course: Path) -> None:
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    shutil.copytree(REPOSITORY / folder, course / folder, ignore=ignore)


def _plant_in_checks(folder: Path) -> None:
    path = sorted(folder.glob("test_*.py"))[0]
    text = path.read_text("utf-8") + f'\n_SECRET = "{CANARY}-hidden-checks"\n'
    path.write_text(text, encoding="utf-8")


def _plant_in_source(path: Path) -> None:
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        head, mark, tail = source.partition("### BEGIN SOLUTION\n")
        if mark and cell["cell_type"] == "code":
            indent = head[len(head.rstrip(" ")) :] if head.endswith(" ") else ""
            blank = " " * len(indent)
            cell["source"] = f"{head}{mark}{blank}# {CANARY}-solutions\n{tail}"
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _plant_in_gradebook(course: Path) -> None:
    with opened(_db(course)) as gradebook:
        gradebook.update_or_create_student(GOOD, last_name=f"{CANARY}-gradebook")


def _hand_in_good(
    course: Path, assignment: str, released: Notebook, answers: Mapping[str, str]
) -> None:
    name = next(iter(answers))
    mine = answered(released, answers, {name: f"# {CANARY}-good-1\n{answers[name]}"})
    path = course / "submitted" / GOOD / assignment / f"{assignment}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(mine), encoding="utf-8")


def _db(course: Path) -> str:
    return f"sqlite:///{course}/gradebook.db?timeout=60"


def _points_of(course: Path, assignment: str) -> dict[str, float]:
    """The points of exercises that are graded by checks, read off the source."""
    path = course / "solutions" / assignment / f"{assignment}.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    graded = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return {
        one["grade_id"].removesuffix("-checks"): float(one["points"])
        for one in graded
        if one.get("grade") and not one.get("solution")
    }


def _scores(course: Path, batch: Batch) -> dict[str, Scores]:
    found = {}
    with opened(_db(course)) as gradebook, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for submission in gradebook.assignment_submissions(batch.assignment):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            checked = [grade for grade in grades if grade.name.endswith("-checks")]
            found[submission.student.id] = Scores(
                points={g.name.removesuffix("-checks"): g.auto_score for g in checked},
                max_points={g.name.removesuffix("-checks"): g.max_score for g in checked},
            )
    return found


def _exported(course: Path) -> str:
    put_scripts_on_path()
    target = course / "grades.csv"
    command = [sys.executable, "-m", "nbgrader", "export", "--to", str(target)]
    subprocess.run(command, cwd=course, capture_output=True, timeout=120, check=False)
    return target.read_text("utf-8") if target.is_file() else ""


def _digests(course: Path) -> dict[str, str]:
    """What no submission may change: what was handed in, sources, checks, settings, releases."""
    found = {}
    for name in ("submitted", "solutions", "tests", "assignments"):
        for path in sorted((course / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    for path in (course / "course_config.py", course / "nbgrader_config.py"):
        found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _make_removable(folder: Path) -> None:
    for path, folders, _ in os.walk(folder):
        for name in folders:
            with contextlib.suppress(OSError):
                if not Path(path, name).is_symlink():
                    Path(path, name).chmod(0o755)
