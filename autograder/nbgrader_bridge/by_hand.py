"""What people have given in Formgrader: points and comments, beside what grading found."""

from __future__ import annotations

from dataclasses import dataclass

from nbgrader.api import MissingEntry

from autograder.hand_in.cells import exercise_of
from autograder.nbgrader_bridge.gradebook import is_to_come, opened


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
