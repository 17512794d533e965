"""A whole course as if it were an assignment whose exercises are the course's assignments."""

from __future__ import annotations

import math
from collections.abc import Sequence

from autograder.report.facts import Answer, Facts, Submission

COURSE = "course"


def whole_course(found: Sequence[Facts]) -> Facts:
    """The facts of a course: each student's totals in its assignments."""
    by_student: dict[str, dict[str, Submission]] = {}
    for facts in found:
        for one in facts.submissions:
            by_student.setdefault(one.student, {})[facts.assignment] = one
    return Facts(
        assignment=COURSE,
        exercises=tuple(facts.assignment for facts in found),
        submissions=tuple(_in_all(student, of) for student, of in sorted(by_student.items())),
    )


def _in_all(student: str, of: dict[str, Submission]) -> Submission:
    return Submission(
        student=student,
        answers={
            assignment: Answer(
                points=one.points if one.max_points > 0 else None, max_points=one.max_points
            )
            for assignment, one in of.items()
        },
        points=math.fsum(one.points for one in of.values()),
        max_points=math.fsum(one.max_points for one in of.values()),
        penalty=math.fsum(one.penalty for one in of.values()),
        waiting=sum(one.waiting for one in of.values()),
    )
