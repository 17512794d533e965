"""A class in numbers, from facts that are written down here."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.report.alike import exemplar_of
from autograder.report.course import whole_course
from autograder.report.facts import When, without_names
from autograder.report.numbers import numbers_of
from autograder.report.statistics import binned, discrimination, quartiles
from autograder.results import CellResult, Outcome, accuracy_in
from tests.kit.report.facts_maker import answer, class_of, facts, submission


def test_discrimination_is_the_correlation_with_the_rest_of_the_points() -> None:
    found = discrimination([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 3, 3, 3, 3, 3])

    assert found.value == pytest.approx(1.0)


@pytest.mark.parametrize(("item", "said"), [([1.0, 0.0] * 4, "too few"), ([1.0] * 10, "all alike")])
def test_discrimination_that_cannot_be_told_says_why(item: list[float], said: str) -> None:
    assert str(discrimination(item, [float(place) for place in range(len(item))])) == said


def test_an_item_is_left_out_of_the_rest_that_it_is_compared_with() -> None:
    # Whoever has `first` has nothing else: with itself in the rest, it would go with the total.
    students = [
        submission(f"s{n}", {"first": answer(float(n < 5)), "second": answer(float(n >= 5))})
        for n in range(10)
    ]

    found = numbers_of(facts(*students)).of_exercise("first").discrimination

    assert found.value == pytest.approx(-1.0)


def test_what_waits_for_a_person_is_no_loss() -> None:
    item = numbers_of(class_of(answer(1.0), answer(0.5), answer(None))).of_exercise("transpose")

    assert (item.answers, item.full, item.lost, item.waiting) == (2, 1, 1, 1)
    assert (item.mean_share, item.points_lost) == (0.75, 1.0)


def test_mistakes_that_behave_alike_are_one_in_whatever_order_they_are_named() -> None:
    both = ("transpose/reshaped", "transpose/flipped")
    found = class_of(
        answer(0.0, mistakes=both, code="return m.reshape(3, 2)"),
        answer(0.0, mistakes=both[::-1], code="return m.flip(0)"),
        answer(0.0, mistakes=both, code="return m.view(3, 2)"),
    )

    (one,) = numbers_of(found).misconceptions

    assert (one.title, one.alike, one.students) == ("reshaped", ("transpose/flipped",), 3)
    assert one.exemplar == "return m.view(3, 2)"


def test_the_promise_counts_who_passed_at_home_and_lost_points_here() -> None:
    found = class_of(
        answer(1.0, visible=True),
        answer(0.5, visible=True),
        answer(0.0, visible=False),
        answer(0.0),
    )

    (promise,) = numbers_of(found).promises

    assert (promise.passed, promise.lost, promise.unknown, promise.share) == (2, 1, 1, 0.5)


def test_limits_are_counted_by_student_and_place() -> None:
    stopped = submission("ada", {"transpose": answer(0.0, outcome=Outcome.TIMEOUT)})
    cell = CellResult(name="cell 7", status="died", why="memory limit of 2,048 MB")
    found = facts(stopped, replace(stopped, student="ben", cells=(cell, cell)))

    assert numbers_of(found).limits == (
        ("checks of transpose", "time limit", 2),
        ("cell 7", "memory limit of 2,048 MB", 1),
    )


def test_lateness_is_told_in_steps() -> None:
    late = [(When.ON_TIME, 0.0), (When.LATE, 60.0), (When.LATE, 90_000.0), (When.UNKNOWN, 0.0)]
    found = facts(
        *(
            submission(f"s{n}", {"transpose": answer(1.0)}, when=when, late_s=seconds)
            for n, (when, seconds) in enumerate(late)
        )
    )

    counted = {words: count for words, count in numbers_of(found).lateness if count}
    assert counted == {
        "on time": 1,
        "up to 1 hour late": 1,
        "up to 3 days late": 1,
        "time not known": 1,
    }


def test_a_course_adds_up_what_its_assignments_gave() -> None:
    first = facts(submission("ada", {"transpose": answer(1.0)}))
    second = replace(
        facts(
            submission("ada", {"total": answer(0.5)}), submission("ben", {"total": answer(None)})
        ),
        assignment="a2",
    )

    whole = whole_course([first, second])

    ada, ben = whole.submissions
    assert (ada.points, ada.max_points) == (3.0, 4.0)
    assert set(ben.answers) == {"a2"}
    assert ben.answers["a2"].share is None


@pytest.mark.parametrize(
    ("kept", "accuracy"),
    [
        ({"accuracy": 0.925}, 0.925),
        ({"confusion": [[3, 1], [0, 4]]}, 7 / 8),
        ({"confusion": [[0, 0], [0, 0]]}, None),
        ({"confusion": [[1, 2, 3], [4, 5, 6]]}, None),
        ({"confusion": [["1", "2"], ["3", "4"]]}, None),
        ({"accuracy": True}, None),
        ({"accuracy": 93}, None),
        ({"history": [1, 2]}, None),
    ],
)
def test_accuracy_is_read_from_what_checks_keep(
    kept: dict[str, Any], accuracy: float | None
) -> None:
    assert accuracy_in(kept) == accuracy


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("# Zelda Fitz, zf12\nreturn m", "# … …, …\nreturn m"),
        ("return m.max(0)  # by Max", "return m.max(0)  # by …"),
        ("return max(m)", "return max(m)"),
        ("zf123 = zf12_sum", "zf123 = zf12_sum"),
    ],
)
def test_a_students_names_are_taken_out_of_code(code: str, shown: str) -> None:
    shown_now = without_names(code, ("zf12", "Zelda", "Fitz", "Max"))

    assert shown_now == shown.replace("zf12_sum", "…_sum")


def test_an_exemplar_is_the_shortest_and_cut_in_length() -> None:
    long = "\n".join(f"x{number} = {number}" for number in range(40))

    assert exemplar_of([long, "return m", " "]) == "return m"
    assert exemplar_of([long]).splitlines()[-1] == "… 16 more lines"


@given(st.lists(st.floats(0, 1), max_size=60))
def test_every_share_lies_in_one_bin_and_quartiles_are_in_order(shares: list[float]) -> None:
    found = quartiles(shares)

    assert sum(binned(shares)) == len(shares)
    assert found is None or (0 <= found[0] <= found[1] <= found[2] <= 1 + 1e-9)
    assert (found is None) == (not shares)


@pytest.mark.parametrize(("share", "place"), [(0.0, 0), (0.7, 7), (0.3, 3), (1.0, 9), (0.699, 6)])
def test_a_share_on_a_border_belongs_above_it(share: float, place: int) -> None:
    assert binned([share])[place] == 1
    assert math.isclose(sum(binned([share])), 1)
