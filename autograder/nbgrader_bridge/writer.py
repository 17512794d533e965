"""The one writer: results into the gradebook, graded notebooks into place, then the record."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import CHECKS_FILE, Course
from autograder.course.handed_in import HandedIn, exchange_files
from autograder.course.own_files import read_own_files
from autograder.errors import KitError, NotGraded
from autograder.files import swap, work_folder, write_files
from autograder.marking.marked import Marked
from autograder.nbgrader_bridge.earlier import Entries, entries, put_back, require_entry
from autograder.nbgrader_bridge.gradebook import Scores, opened, save_results
from autograder.nbgrader_bridge.record import Entry, Held, Record
from autograder.results import read, write


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One submission's result, to be written.

    Where a grading with fewer points is `held` back, `marked` and `entry` are of the released
    result, which stands.
    """

    handed_in: HandedIn
    marked: Marked
    entry: Entry
    held: Held | None = None


class Writer:
    """Writes an assignment's results. It is used by the process that holds the course's lock."""

    def __init__(self, course: Course, assignment: str, record: Record) -> None:
        self.course = course
        self.assignment = assignment
        self.record = record
        self.files = read_own_files(course, assignment)
        # What the gradebook held before this run.
        self.before: dict[str, Entries] | None = None

    def write(self, results: Sequence[Result]) -> dict[str, KitError]:
        """Writes results: gradebook first, in one transaction, the record last. Gives those that
        could not be written, by student, with the reason; an earlier result of theirs stands.

        Raises GradebookUnusable, and then nothing is written.
        """
        if self.before is None:
            self.before = entries(self.course, self.assignment)
        scores = [_scores(one) for one in results]
        autograde = self.course.settings.config.Autograde
        unknown = save_results(
            self.course.db_url,
            self.assignment,
            scores,
            create_students=bool(autograde.get("create_student", True)),
        )
        problems: dict[str, KitError] = {name: _unknown(name) for name in unknown}
        for one in results:
            student = one.handed_in.student
            if student in problems:
                continue
            try:
                self._put(one)
            except OSError as problem:
                # The gradebook must not say more than the graded notebook.
                put_back(self.course, self.assignment, student, self.before.get(student))
                where = f" ({problem.filename})" if problem.filename else ""
                why = f"the machine refused it: {problem.strerror or problem}{where}"
                problems[student] = NotGraded(why, "Make that possible, then grade again.")
        return problems

    def _put(self, result: Result) -> None:
        student = result.handed_in.student
        if result.held is not None and self._is_in_place(student, result.marked):
            self.renew_hand_in(result.handed_in)
        else:
            self.put_in_place(result.handed_in, result.marked)
        enter_result(self.record, result)

    def _is_in_place(self, student: str, marked: Marked) -> bool:
        folder = self._graded(student)
        try:
            there = read(folder / CHECKS_FILE) == marked.report
        except (OSError, ValueError):
            return False
        return there and (folder / f"{self.assignment}.ipynb").is_file()

    def put_in_place(self, handed_in: HandedIn, marked: Marked) -> None:
        """Makes the graded folder of a submission, and puts it in the place of the earlier one."""
        with work_folder(self.course.work) as work:
            folder = work / self.assignment
            folder.mkdir()
            write_files(folder, self.files)
            write_files(folder, handed_in.exchange)
            notebook = marked.notebook.encode("utf-8", "surrogatepass")
            (folder / f"{self.assignment}.ipynb").write_bytes(notebook)
            write(marked.report, folder / CHECKS_FILE)
            self._set_rights(folder)
            swap(folder, self._graded(handed_in.student))

    def put_back(self, student: str) -> bool:
        """Puts a graded folder that is gone or damaged back, from the record's copy of it."""
        marked = self.record.result(student)
        if marked is None:
            return False
        handed_in = self.course.folder("submitted", student, self.assignment)
        exchange = exchange_files(handed_in)
        self.put_in_place(HandedIn(student=student, exchange=exchange), marked)
        return True

    def not_graded(self, student: str, why: KitError) -> None:
        """Notes that a submission could not be graded: what it has stays; one that has nothing is
        entered without points, and waits for a person. It is not a 0.
        """
        require_entry(self.course.db_url, self.assignment, student)
        self.record.note_problem(student, " ".join(str(why).split()))

    def renew_hand_in(self, handed_in: HandedIn) -> None:
        """Brings up to date what the exchange knows of a submission whose result stands."""
        folder = self._graded(handed_in.student)
        if exchange_files(folder) == dict(handed_in.exchange):
            return
        for name, content in handed_in.exchange.items():
            (folder / name).unlink(missing_ok=True)
            (folder / name).write_bytes(content)
        moment = handed_in.handed_in
        if moment is not None:
            with opened(self.course.db_url) as gradebook:
                submission = gradebook.find_submission(self.assignment, handed_in.student)
                submission.timestamp = moment.replace(tzinfo=None)
                gradebook.db.commit()
        self._set_rights(folder)

    def _graded(self, student: str) -> Path:
        return self.course.folder("autograded", student, self.assignment)

    def _set_rights(self, folder: Path) -> None:
        """The rights that nbgrader's converters give to graded notebooks."""
        shared = self.course.is_shared
        config = self.course.settings.config.Autograde
        wanted = int(str(config.get("permissions") or (664 if shared else 444)), 8)
        for parent, _folders, names in os.walk(folder):
            for name in names:
                os.chmod(os.path.join(parent, name), wanted)
            if shared:
                os.chmod(parent, 0o2775)  # noqa: S103 - as nbgrader does for groupshared


def enter_result(record: Record, result: Result) -> None:
    """Enters a result into the record; of one that is held back that it is."""
    student = result.handed_in.student
    if result.held is None:
        record.put(student, result.entry, result.marked)
    else:
        record.note_held(student, result.held)


def _scores(result: Result) -> Scores:
    marked = result.marked
    return Scores(
        student=result.handed_in.student,
        scores=marked.scores,
        unanswered=marked.unanswered,
        answers=marked.answers,
        handed_in=result.handed_in.handed_in,
    )


def _unknown(student: str) -> KitError:
    why = f"{student} is not in the gradebook, and c.Autograde.create_student is False"
    return NotGraded(why, "Add the student: nbgrader db student add")
