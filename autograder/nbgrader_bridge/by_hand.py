"""What people have given in Formgrader: points and comments, beside what grading found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, MissingEntry, SubmittedAssignment

from autograder.course.course import Course
from autograder.hand_in.cells import exercise_of
from autograder.nbgrader_bridge.gradebook import is_to_come, of_assignment, opened


@dataclass(frozen=True, kw_only=True, slots=True)
class ByHand:
    """An answer that a person has looked at, by its exercise or question.

    `points` are theirs, None where they left a comment alone; `by_checks` are what grading had
    found, None where it could not tell.
    """

    name: str
    points: float | None
    by_checks: float | None
    max_points: float | None
    comment: str = ""

    @property
    def is_override(self) -> bool:
        """Whether points that checks had given were replaced."""
        return self.points is not None and self.by_checks not in (None, self.points)


def given_by_hand(db_url: str, assignment: str, student: str) -> list[ByHand]:
    """What people have given in a submission, by the cells' order in the gradebook."""
    if is_to_come(db_url):
        return []
    with opened(db_url) as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return []
        found = []
        for notebook in submission.notebooks:
            comments = {one.name: (one.manual_comment or "").strip() for one in notebook.comments}
            # Points stand at the cell of the checks, comments at the answer's.
            grades = {exercise_of(one.name): one for one in notebook.grades}
            for name in dict.fromkeys([*grades, *comments]):
                grade, comment = grades.get(name), comments.get(name, "")
                points = grade.manual_score if grade is not None else None
                if points is None and not comment:
                    continue
                found.append(
                    ByHand(
                        name=name,
                        points=points,
                        by_checks=grade.auto_score if grade is not None else None,
                        max_points=grade.max_score if grade is not None else None,
                        comment=comment,
                    )
                )
        return found


def exercises_by_hand(db_url: str, assignment: str, student: str) -> frozenset[str]:
    """The exercises and questions of a submission that a person has given points."""
    given = given_by_hand(db_url, assignment, student)
    return frozenset(one.name for one in given if one.points is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Override:
    """Points of checks that a person has replaced: whose, and what stands there."""

    student: str
    given: ByHand


def overrides_without_reason(course: Course, assignment: str) -> tuple[Override, ...]:
    """The overrides of an assignment that have no comment, by student and exercise."""
    if is_to_come(course.db_url):
        return ()
    with opened(course.db_url) as gradebook:
        commented = {
            (student, exercise_of(cell))
            for student, cell, said in _of_all(gradebook, assignment, Comment, "manual_comment")
            if (said or "").strip()
        }
        columns = ("manual_score", "auto_score", "max_score")
        found = [
            Override(
                student=student,
                given=ByHand(
                    name=exercise_of(cell), points=by_hand, by_checks=by_checks, max_points=worth
                ),
            )
            for student, cell, by_hand, by_checks, worth in _of_all(
                gradebook, assignment, Grade, *columns
            )
            if by_hand is not None
        ]
    without = [
        one
        for one in found
        if one.given.is_override and (one.student, one.given.name) not in commented
    ]
    return tuple(sorted(without, key=lambda one: (one.student, one.given.name)))


def _of_all(
    gradebook: Gradebook, assignment: str, kind: type[Grade] | type[Comment], *columns: str
) -> Iterator[tuple[Any, ...]]:
    """Student, cell and columns of all grades or comments of an assignment, in one query."""
    wanted = [getattr(kind, name) for name in columns]
    query = gradebook.db.query(SubmittedAssignment.student_id, BaseCell.name, *wanted)
    query = of_assignment(query, kind, assignment).join(BaseCell, kind.cell_id == BaseCell.id)
    yield from (tuple(row) for row in query.all())
