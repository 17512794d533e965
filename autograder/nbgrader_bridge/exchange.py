"""What nbgrader's exchange keeps beside a notebook, and the way of a feedback page back through it.

`nbgrader submit` writes two files: timestamp.txt, and submission_secret.txt, by which
`nbgrader fetch_feedback` finds the page. `autograder.course.handed_in` reads them.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback

from autograder.course.course import Course
from autograder.course.handed_in import SECRET, TIMESTAMP, exchange_files, timestamp
from autograder.course.lock import SomebodyWrites, writing
from autograder.nbgrader_bridge.released import release
from autograder.nbgrader_bridge.steps import course_of


class CarefulDirectory(CourseDirectory):  # type: ignore[misc]  # nbgrader has no types
    """A course's folders, where stock nbgrader waits for no pipe and copies nothing handed in.

    It copies everything that lies beside a notebook, links with what they lead to; a device never
    ends. The exchange's own files are put into the graded folder by the first step.
    """

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """Called by nbgrader's converters, for a submission and for its graded folder."""
        stamp = timestamp(Path(dest_path))
        return None if stamp is None else stamp.replace(tzinfo=None)

    @classmethod
    def of(cls, converter: Any) -> CarefulDirectory:
        """The directory for an Autograde that knows which submissions it will grade."""
        given = converter.coursedir
        traits = {name: getattr(given, name) for name in given.trait_names(config=True)}
        # A pattern with a whole path matches that folder: nbgrader then copies nothing below it.
        traits["ignore"] = [*given.ignore, *map(glob.escape, converter.assignments)]
        return cls(parent=converter, **traits)


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's ExchangeReleaseFeedback, for those whose submissions came through the exchange.

    nbgrader's own stops at the first other one, and the rest of the class gets nothing. What is
    released ends the round of the assignment. `only` are the students to release for, None for all;
    `said` is what follows from it.
    """

    only: frozenset[str] | None = None
    said: str = ""

    def copy_files(self) -> None:
        """Called by nbgrader, for all students or for one."""
        course = course_of(self.config, self)
        try:
            with writing(course, "releasing feedback"):
                self._copy(course)
        except SomebodyWrites as problem:
            self.fail(str(problem))

    def _copy(self, course: Course) -> None:
        students, others = [], []
        for folder in self._folders():
            if _came_by_it(folder):
                self.src_path = glob.escape(str(folder))
                super().copy_files()
                students.append(folder.parent.name)
            else:
                others.append(folder.parent.name)
        if others:
            self.log.warning(_passed_over(others, self.coursedir))
        self.said = release(course, self.coursedir.assignment_id, students)
        if self.said:
            self.log.warning(self.said)

    def _folders(self) -> Iterator[Path]:
        student = self.coursedir.student_id
        pattern = student if student in ("", "*") else glob.escape(student)
        path = self.coursedir.format_path(
            glob.escape(self.coursedir.feedback_directory),
            pattern or "*",
            glob.escape(self.coursedir.assignment_id),
        )
        for folder in sorted({Path(page).parent for page in glob.glob(f"{path}/*.html")}):
            if self.only is None or folder.parent.name in self.only:
                yield folder


def comes_by_exchange(course: Course, assignment: str, student: str) -> bool:
    """Whether a page can go back by the exchange: its hand-in came through it."""
    return _came_by_it(course.folder("feedback", student, assignment))


def _came_by_it(folder: Path) -> bool:
    return {TIMESTAMP, SECRET} <= exchange_files(folder).keys()


def _passed_over(students: list[str], directory: CourseDirectory) -> str:
    pages = f"{directory.feedback_directory}/STUDENT/{directory.assignment_id}/"
    return (
        f"Not released through the exchange: the feedback of {', '.join(students)}. "
        f"Their submissions have no {SECRET} and {TIMESTAMP} of `nbgrader submit`, by which "
        f"`nbgrader fetch_feedback` finds a page. Give them their pages in another way, such as "
        f"your learning platform or e-mail: {pages}"
    )
