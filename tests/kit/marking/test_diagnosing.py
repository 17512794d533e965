"""What an answer is told: the hint of a slip in its code before that of a known mistake."""

from __future__ import annotations

from autograder.diagnosis.library import Known
from autograder.diagnosis.matching import KnownMistake
from autograder.judge.records import Cell
from autograder.marking.diagnosing import diagnosed
from autograder.results import (
    CheckId,
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Observed,
    Outcome,
    Reader,
    Report,
)

LOST = CheckResult(
    check=CheckId(exercise="predict", name="test_one"),
    outcome=Outcome.FAILED,
    credit=0.0,
    observed=(Observed(kind="call int", values=(3.0,)),),
)
KNOWN = Known(
    mistakes={"predict": (KnownMistake(name="m", hint="In which mode?", code="", checks=(LOST,)),)}
)


def diagnosis_of(source: str, check: CheckResult = LOST, known: Known = KNOWN) -> Diagnosis | None:
    result = ExerciseResult(exercise="predict", max_points=2.0, checks=(check,))
    report = Report(assignment="a", exercises=(result,))
    told, _ = diagnosed(report, [Cell(name="predict", source=source)], known)
    return told.exercises[0].diagnosis


def test_a_slip_in_the_code_has_the_first_word() -> None:
    slip = "Line 2: `model.eval` has no parentheses behind it. Is it called?"
    source = "def predict(model, X):\n    model.eval\n    return 3\n"

    assert diagnosis_of(source) == Diagnosis(mistakes=("m",), hint=slip)
    assert diagnosis_of(source, known=Known()) == Diagnosis(mistakes=(), hint=slip)


def test_without_one_a_known_mistake_gives_its_hint() -> None:
    assert diagnosis_of("def predict(model, X):\n    return 3\n") == Diagnosis(
        mistakes=("m",), hint="In which mode?"
    )


def test_an_answer_that_lost_nothing_is_told_nothing() -> None:
    passed = CheckResult(check=LOST.check, outcome=Outcome.PASSED, credit=1.0)

    assert diagnosis_of("def predict(model, X):\n    model.eval\n", passed) is None


def test_a_ta_is_told_of_training_with_test_data_once_however_right_it_is() -> None:
    passed = CheckResult(check=LOST.check, outcome=Outcome.PASSED, credit=1.0)
    result = ExerciseResult(exercise="predict", max_points=2.0, checks=(passed,))
    cells = [Cell(name="predict", source="fit(model, test_loader, test_loader)")]
    report = Report(assignment="a", exercises=(result,))
    for _ in range(2):
        report, _missing = diagnosed(report, cells, KNOWN)

    (note,) = report.notes
    assert note.reader is Reader.TA
    assert note.text == "predict: line 1 trains with `test_loader`. Is that the test data?"
