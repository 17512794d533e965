"""Feedback pages of a class: on all cores, and only those that would be others than they are."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from autograder.classroom.grade import worker_count
from autograder.course.course import CHECKS_FILE, Course
from autograder.course.digest import digest, versions
from autograder.course.lock import writing
from autograder.errors import KitError, from_plain, to_plain
from autograder.files import swap, work_folder, write_whole
from autograder.nbgrader_bridge.page_entries import shown_on_pages
from autograder.nbgrader_bridge.record import Record, before_newest, graded_file, standing
from autograder.nbgrader_bridge.reference import open_rounds, reference_answers
from autograder.nbgrader_bridge.released import release
from autograder.nbgrader_bridge.requests import Requests

_RENDERED_BY = ("nbconvert", "jinja2", "bleach", "pygments", "mistune", "latex2mathml")
# A process of its own costs as much as two pages.
_ALONE = 4


def feedback_for(
    course: Course,
    assignment: str,
    students: Sequence[str],
    *,
    released: bool = False,
    say: Callable[[str], None] = lambda _text: None,
) -> Iterator[tuple[str, KitError | None]]:
    """Makes the feedback page of each graded student; a failure is told, the others go on.

    A page that stands, and that is of all it depends on as it is now, is not made again. Where the
    pages are `released`, given out in another way than through nbgrader's exchange, the round of
    the assignment ends.
    """
    made: list[str] = []
    with writing(course, f"making feedback on {assignment}"):
        pages = _Pages(course, assignment)
        for student, problem in pages.made(students):
            made += [student] if problem is None else []
            yield student, problem
        said = release(course, assignment, made) if released else ""
        if said:
            say(said)


def pages_that_stand(course: Course, assignment: str, students: Sequence[str]) -> frozenset[str]:
    """Those of the students whose page is of all it depends on as it is now. Nothing is made."""
    return _Pages(course, assignment).standing(students) if students else frozenset()


class _Pages:
    """The pages of an assignment, and what each was made of, in `.autograder/pages/`."""

    def __init__(self, course: Course, assignment: str) -> None:
        self.course = course
        self.assignment = assignment
        self.record = Record(course, assignment)
        self._requests = Requests(course, assignment)
        self._path = course.private / "pages" / f"{assignment}.json"
        self._of = self._read()
        self._shown = shown_on_pages(course.db_url, assignment)
        self._now = datetime.now(UTC)
        self._open_rounds = open_rounds(course, assignment, self._now)
        self._made_by = [_maker(), _settings(course), *_solutions(course, assignment)]

    def standing(self, students: Sequence[str]) -> frozenset[str]:
        """Those whose page need not be made again."""
        return frozenset(s for s in students if self._stands(s, self._made_of(s)))

    def made(self, students: Sequence[str]) -> Iterator[tuple[str, KitError | None]]:
        """Each student whose page is there now, or why it is not, those that stand first."""
        wanted = {student: self._made_of(student) for student in students}
        stands = {student for student in students if self._stands(student, wanted[student])}
        for student in students:
            if student in stands:
                yield student, None
        stale = [student for student in students if student not in stands]
        try:
            for student, problem in self._render(stale):
                if problem is None:
                    self._of[student] = [wanted[student], _sign(self._page(student))]
                yield student, problem
        finally:
            if stale:
                write_whole(self._path, json.dumps(self._of), self.course.secret_mode)

    def _render(self, students: Sequence[str]) -> Iterator[tuple[str, KitError | None]]:
        with ExitStack() as stack:
            work = stack.enter_context(work_folder(self.course.work))
            tasks = [
                (self.assignment, student, str(work / str(number)))
                for number, student in enumerate(students)
            ]
            workers = min(worker_count(self.course), len(tasks), os.cpu_count() or 1)
            done: Iterator[dict[str, Any]]
            if len(tasks) < _ALONE or workers < 2 or sys.platform != "linux":
                done = map(partial(_rendered, self.course), tasks)
            else:
                done = _pool(stack, self.course, workers).map(_rendered_by_worker, tasks)
            for student, outcome in zip(students, done, strict=True):
                yield student, self._put_in_place(student, outcome)

    def _put_in_place(self, student: str, outcome: dict[str, Any]) -> KitError | None:
        """Only this process writes what others look at."""
        if "problem" in outcome:
            return from_plain(outcome["problem"])
        try:
            swap(Path(outcome["made"]), self._page(student).parent)
        except OSError as problem:
            return _not_written(problem)
        return None

    def _page(self, student: str) -> Path:
        folder = self.course.folder("feedback", student, self.assignment)
        return folder / f"{self.assignment}.html"

    def _stands(self, student: str, made_of: str) -> bool:
        sign = _sign(self._page(student))
        return bool(sign) and self._of.get(student) == [made_of, sign]

    def _made_of(self, student: str) -> str:
        """A digest of all that a page shows, and of what makes it."""
        folder = self.course.folder("autograded", student, self.assignment)
        try:
            notebook = (folder / f"{self.assignment}.ipynb").read_bytes()
        except OSError:
            return ""
        shown, due = self._shown.get(student, ("", None))
        history = self.record.history(student)
        before, newest = before_newest(history), history.newest
        parts = [
            hashlib.sha256(notebook).hexdigest(),
            _digest_of(folder / CHECKS_FILE),
            shown,
            str(due is not None and self._now > due),
            standing(history),
            graded_file(history),
            f"{before.result} {before.graded}" if before else "",
            str(bool(newest and self._open_rounds and newest.number < self._open_rounds)),
            self._requests.sign(student),
        ]
        return digest([*parts, *self._made_by])

    def _read(self) -> dict[str, list[str]]:
        try:
            found: dict[str, list[str]] = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def _digest_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _solutions(course: Course, assignment: str) -> list[str]:
    """What pages show of the reference, where they may."""
    if course.settings.feedback.solutions == "never":
        return []
    return [json.dumps(dict(reference_answers(course, assignment)), sort_keys=True)]


def _maker() -> str:
    packages = {name: importlib.metadata.version(name) for name in _RENDERED_BY}
    return json.dumps([versions(), packages], sort_keys=True)


def _settings(course: Course) -> str:
    # Who asks a Config for a section that nobody has set makes an empty one.
    set_ = {name: values for name, values in course.settings.config.items() if values}
    said = json.dumps(set_, sort_keys=True, default=repr)
    # A course that was moved has the same pages.
    return said.replace(str(course.root), "")


def _sign(page: Path) -> str:
    """What changes where somebody has touched a page; "" where there is none."""
    try:
        found = page.stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def _pool(stack: ExitStack, course: Course, workers: int) -> Executor:
    # A fork has the settings, which cannot be sent, and what is imported here.
    context = multiprocessing.get_context("fork")
    import_module("autograder.nbgrader_bridge.converting")
    pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(course,))
    stack.callback(pool.shutdown, wait=True, cancel_futures=True)
    return pool


_course: Course


def _begin(course: Course) -> None:
    """Runs in: a worker, first."""
    global _course
    _course = course
    # Ctrl-C is for the one who started it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _rendered_by_worker(task: tuple[str, str, str]) -> dict[str, Any]:
    """Runs in: a worker."""
    return _rendered(_course, task)


def _rendered(course: Course, task: tuple[str, str, str]) -> dict[str, Any]:
    """A page in a folder of its own, or why there is none."""
    # nbgrader's converters take a second to import, and pages that stand need none.
    from autograder.nbgrader_bridge.converting import render_feedback

    assignment, student, into = task
    try:
        return {"made": str(render_feedback(course, assignment, student, Path(into)))}
    except KitError as problem:
        return {"problem": to_plain(problem)}
    except OSError as problem:
        return {"problem": to_plain(_not_written(problem))}


def _not_written(problem: OSError) -> KitError:
    why = f"{problem.strerror or problem} ({problem.filename or 'the page'})"
    return KitError(f"No page was made: {why}.", "Make it possible, then try again.")
