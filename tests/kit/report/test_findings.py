"""What a report says first: golden sentences, and what comes before what."""

from __future__ import annotations

from dataclasses import replace

from autograder.report.findings import findings_of, promise, summary, understood
from autograder.report.numbers import numbers_of
from autograder.results import Outcome
from tests.kit.report.facts_maker import answer, class_of, facts, submission

RESHAPED = ("transpose/reshaped_instead_of_transposed",)
FLIPPED = ("transpose/flipped",)


def test_the_sentence_says_how_many_and_what_they_have_in_common() -> None:
    wrong = [answer(0.0, mistakes=RESHAPED)] * 3 + [answer(0.5, mistakes=FLIPPED)] * 2
    others = [
        answer(0.0, left_open=True),
        answer(0.0, outcome=Outcome.TIMEOUT),
        *[answer(1.0)] * 3,
    ]
    found = replace(class_of(*wrong, *others), symptoms={RESHAPED[0]: "Reshaped, not turned."})

    (finding,) = findings_of(numbers_of(found))

    assert finding.sentence == (
        "7 of 10 lost points in transpose; 3 of them answer like “reshaped instead of transposed”, "
        "2 like “flipped”; 1 left it open; 1 ran into a limit. Reshaped, not turned."
    )


def test_what_one_student_did_is_said_where_nobody_shares_a_mistake() -> None:
    found = class_of(answer(0.0, mistakes=RESHAPED), answer(0.0, mistakes=FLIPPED))

    (finding,) = findings_of(numbers_of(found))

    assert finding.why == "1 of them answers like “flipped”; 1 erred in other ways"


def test_what_cost_the_class_the_most_comes_first() -> None:
    # Three lost a little of `little`, two lost all of `much`: 3 × 0.5 points against 2 × 2.
    students = [
        submission(f"s{n}", {"little": answer(0.75), "much": answer(float(n == 0))})
        for n in range(3)
    ]

    found = findings_of(numbers_of(facts(*students)))

    assert [(one.exercise, one.students, one.points_lost) for one in found] == [
        ("much", 2, 4.0),
        ("little", 3, 1.5),
    ]


def test_a_class_that_lost_nothing_has_no_finding() -> None:
    numbers = numbers_of(class_of(answer(1.0), answer(1.0)))

    assert findings_of(numbers) == []
    assert understood(numbers) == ["transpose"]


def test_what_waits_for_a_person_is_not_said_to_be_understood() -> None:
    assert understood(numbers_of(class_of(answer(1.0), answer(None)))) == []


def test_the_summary_counts_who_waits_and_who_is_missing() -> None:
    found = replace(class_of(answer(1.0), answer(0.5), answer(None)), not_graded=1, silent=4)

    assert summary(numbers_of(found)) == (
        "3 graded, 1 of them waits for a person, 1 not graded yet, 4 handed in nothing. Half of "
        "the class has 75% or more of the 2 points; the middle half lies between 62% and 88%."
    )


def test_the_promise_is_measured_only_where_notebooks_tell() -> None:
    known = numbers_of(class_of(answer(1.0, visible=True), answer(0.0, visible=True)))
    unknown = numbers_of(class_of(answer(1.0), answer(0.0, visible=False)))

    assert promise(known) == (
        "2 answers had passed every visible check at home, as the notebooks were saved. 1 of them "
        "lost points here (50.0%)."
    )
    assert promise(unknown).endswith("this is not known.")
