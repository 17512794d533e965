"""What has changed since the last report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from autograder.report.earlier import changes_since_last
from autograder.report.numbers import Numbers, numbers_of
from tests.kit.course_maker import ASSIGNMENT, Mini
from tests.kit.report.facts_maker import answer, class_of

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
WRONG = answer(0.0, mistakes=("transpose/flipped",))


def of(*answers: float) -> Numbers:
    return numbers_of(class_of(*(answer(share) if share else WRONG for share in answers)))


def test_a_first_report_has_nothing_to_compare_with(mini: Mini) -> None:
    assert changes_since_last(mini.course, of(1.0), NOW).since is None


def test_what_has_changed_is_told_with_both_numbers(mini: Mini) -> None:
    changes_since_last(mini.course, of(0.0, 1.0), NOW)

    found = changes_since_last(mini.course, of(1.0, 1.0, 1.0), LATER)

    assert found.since == NOW
    assert {one.what: (one.before, one.now) for one in found.changes} == {
        "students graded": ("2", "3"),
        "mean of all points": ("50%", "100%"),
        "transpose: mean of its points": ("50%", "100%"),
        "transpose: flipped (students)": ("1", "0"),
    }


def test_a_report_made_again_says_the_same_again(mini: Mini) -> None:
    changes_since_last(mini.course, of(0.0, 1.0), NOW)
    first = changes_since_last(mini.course, of(1.0, 1.0), LATER)

    assert changes_since_last(mini.course, of(1.0, 1.0), LATER + timedelta(hours=1)) == first


@pytest.mark.parametrize("text", ["", "[]", '{"newest": 3}', '{"newest": {"numbers": 1}}'])
def test_what_is_kept_and_cannot_be_read_is_as_none(mini: Mini, text: str) -> None:
    path = mini.course.private / "reports" / f"{ASSIGNMENT}.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")

    assert changes_since_last(mini.course, of(1.0), NOW).changes == ()
    assert changes_since_last(mini.course, of(0.0), LATER).since == NOW


def test_what_is_kept_holds_no_student(mini: Mini) -> None:
    changes_since_last(mini.course, of(0.0, 1.0), NOW)

    path = mini.course.private / "reports" / f"{ASSIGNMENT}.json"
    assert "student1" not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
