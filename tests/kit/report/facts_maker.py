"""Facts as tests write them down: a class in a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.report.facts import Answer, Facts, Submission, When
from autograder.results import CheckId, CheckResult, Diagnosis, ExerciseResult, Outcome

WORTH = 2.0


def answer(
    share: float | None,
    exercise: str = "transpose",
    *,
    mistakes: Sequence[str] = (),
    code: str = "",
    left_open: bool = False,
    visible: bool | None = None,
    outcome: Outcome = Outcome.FAILED,
) -> Answer:
    """An answer to an exercise with one check, which earned this share; None: it is undecided."""
    passed = share is not None and share > 0
    lost = Outcome.UNDECIDED if share is None else outcome
    check = CheckResult(
        check=CheckId(exercise=exercise, name="test_swaps_the_axes"),
        outcome=Outcome.PASSED if passed else lost,
        credit=share or 0.0,
    )
    result = ExerciseResult(
        exercise=exercise,
        max_points=WORTH,
        checks=(check,),
        diagnosis=Diagnosis(mistakes=tuple(mistakes), hint="Look again.") if mistakes else None,
    )
    return Answer(
        points=None if share is None else share * WORTH,
        max_points=WORTH,
        result=result,
        code=code,
        left_open=left_open,
        visible=visible,
    )


def submission(
    student: str, answers: Mapping[str, Answer], *, when: When = When.ON_TIME, late_s: float = 0.0
) -> Submission:
    return Submission(
        student=student,
        answers=answers,
        points=sum(one.points or 0.0 for one in answers.values()),
        max_points=sum(one.max_points for one in answers.values() if one.points is not None),
        waiting=sum(one.points is None for one in answers.values()),
        when=when,
        late_s=late_s,
    )


def facts(*submissions: Submission) -> Facts:
    names = dict.fromkeys(name for one in submissions for name in one.answers)
    return Facts(assignment="a1", exercises=tuple(names), submissions=submissions)


def class_of(*answers: Answer) -> Facts:
    """A class of one exercise: a student an answer."""
    return facts(
        *(
            submission(f"student{number}", {"transpose": one})
            for number, one in enumerate(answers, 1)
        )
    )
