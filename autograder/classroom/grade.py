"""`grade_class`: an assignment's submissions, one after the other, each result told at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from autograder.errors import KitError, UnknownName
from autograder.nbgrader_bridge.course import Course, kernel_env
from autograder.nbgrader_bridge.gradebook import known_cells
from autograder.nbgrader_bridge.grading import Graded, grade_one, make_feedback, require_our_steps
from autograder.nbgrader_bridge.release import register

Say = Callable[[str], None]


def chosen_students(course: Course, assignment: str, wanted: Sequence[str] = ()) -> list[str]:
    """The students to grade: those wanted, else all who handed something in.

    Raises UnknownName for one who handed in nothing, KitError where nobody has.
    """
    there = course.submitted(course.require_assignment(assignment))
    for name in wanted:
        if name not in there:
            raise UnknownName("submission", name, there, f"submitted/*/{assignment}")
    if not there:
        raise KitError(
            f"Nobody has handed in {assignment}: submitted/*/{assignment} is not there.",
            f"Put each notebook at submitted/STUDENT/{assignment}/{assignment}.ipynb, or collect.",
        )
    return list(wanted) or there


def prepare_to_grade(course: Course, assignment: str) -> None:
    """Does once what every submission needs: settings checked, digits ready, gradebook filled."""
    require_our_steps(course)
    kernel_env(course)
    _register_if_changed(course, assignment)


def grade_class(course: Course, assignment: str, students: Sequence[str]) -> Iterator[Graded]:
    """Each student's result as soon as it is there. One submission's failure stays its own."""
    prepare_to_grade(course, assignment)
    for student in students:
        yield grade_one(course, assignment, student)


def feedback_for(
    course: Course, assignment: str, students: Sequence[str]
) -> Iterator[tuple[str, KitError | None]]:
    """Makes the feedback page of each graded student; a failure is told, the others go on."""
    for student in students:
        try:
            make_feedback(course, assignment, student)
            yield student, None
        except KitError as problem:
            yield student, problem


def _register_if_changed(course: Course, assignment: str) -> None:
    source = course.folder("source", ".", assignment) / f"{assignment}.ipynb"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    stamp = course.private / "registered" / assignment
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        try:
            known_cells(course.db_url, assignment, assignment)
            return
        except KitError:
            pass  # the gradebook was removed since: fill it again
    register(course, assignment)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest, encoding="ascii")
