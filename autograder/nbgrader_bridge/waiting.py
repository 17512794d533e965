"""What waits for a person in the gradebook, answer by answer, and where Formgrader shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook

from autograder.hand_in.cells import exercise_of
from autograder.nbgrader_bridge.gradebook import knows, of_assignment, opened


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """An answer that a person has to grade. `was_marked`: one has, and the answer changed since."""

    name: str
    max_points: float
    was_marked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A submission in Formgrader: the id in its address, and the number that it is shown by."""

    id: str
    number: int

    @property
    def shown(self) -> str:
        """What Formgrader calls it: nobody is named."""
        return f"Submission #{self.number}"

    def address(self, formgrader: str) -> str:
        """Its page, by the address of Formgrader's first one."""
        return f"{formgrader}/submissions/{self.id}/"


def waiting_answers(db_url: str, assignment: str) -> Mapping[str, tuple[Waiting, ...]]:
    """By student, the answers that wait for a person; raises GradebookUnusable."""
    if not knows(db_url, assignment):
        return {}
    with opened(db_url) as gradebook:
        query = gradebook.db.query(
            SubmittedAssignment.student_id, BaseCell.name, Grade.max_score, Grade.manual_score
        )
        rows = (
            of_assignment(query, Grade, assignment)
            .join(BaseCell, Grade.cell_id == BaseCell.id)
            .filter(Grade.needs_manual_grade)
            .order_by(SubmittedAssignment.student_id, BaseCell.name)
            .all()
        )
    found: dict[str, tuple[Waiting, ...]] = {}
    for student, cell, worth, by_hand in rows:
        one = Waiting(
            name=exercise_of(cell), max_points=float(worth or 0), was_marked=by_hand is not None
        )
        found[student] = (*found.get(student, ()), one)
    return found


def places(db_url: str, assignment: str) -> dict[str, Place]:
    """By student, where Formgrader shows a submission, numbered as its list numbers them."""
    if not knows(db_url, assignment):
        return {}
    with opened(db_url) as gradebook:
        rows = (
            gradebook.db.query(SubmittedNotebook.id, SubmittedAssignment.student_id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == assignment)
            .all()
        )
    ordered = sorted((str(place), str(student)) for place, student in rows)
    return {student: Place(id=id_, number=n) for n, (id_, student) in enumerate(ordered, 1)}
