"""What follows from giving feedback to students: the round of the assignment ends."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course.course import Course
from autograder.course.rounds import current_round, end_round
from autograder.nbgrader_bridge.record import Record


def release(course: Course, assignment: str, students: Sequence[str]) -> str:
    """Notes that students have their feedback, or can have it; what to tell of it, or "".

    Pages tell what hidden checks are about, so the first of them ends the round for the whole
    class: what is handed in from then on is asked other inputs.
    """
    record = Record(course, assignment)
    for student in students:
        record.note_released(student)
    number = current_round(course, assignment)
    begun = any(
        entry.number == number for student in students for entry in record.history(student).entries
    )
    if not begun or not end_round(course, assignment, number):
        return ""
    waiting = sorted(set(course.submitted(assignment)) - set(students))
    alone = (
        f" {len(waiting)} others of the class have no page yet: give pages out in batches, so that "
        "few hand-ins fall into each round."
        if waiting
        else ""
    )
    return (
        f"Round {number} of {assignment} has ended with these pages: what is handed in from now on "
        f"is asked other hidden inputs, and what was graded keeps its round.{alone}"
    )
