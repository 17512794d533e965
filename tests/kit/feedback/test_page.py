"""The top of a student's page: what it says, in which order, and that all of it is text."""

from __future__ import annotations

import base64
import dataclasses
import itertools
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import pytest
from bs4 import BeautifulSoup

from autograder.feedback.block import Audience
from autograder.feedback.page import Change, Item, Page, Picture, Since, changes
from autograder.feedback.page_html import Clean, page_top
from autograder.results import (
    CheckId,
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Gap,
    Outcome,
    Reader,
    Report,
    Sentence,
    Shown,
)
from tests.kit.tags import tag_of

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)
EVIL = "<script>alert(1)</script>\"' onload=x"
CLEAN = Clean(code=lambda text: f"<pre>{escape(text)}</pre>", text=lambda text: escape(text))
TENSOR = Shown(
    text="a tensor of shape (2, 2), float32",
    shape=(2, 2),
    dtype="float32",
    device="cpu",
    values=[[1.0, 2.0], [3.0, 4.0]],
)
GAP = Gap(
    seed=2026,
    call="transpose(matrix)",
    fact="transpose(matrix) differs in 2 of 4 values, first at [0, 1].",
    inputs=(("matrix", TENSOR),),
    expected=dataclasses.replace(TENSOR, values=[[1.0, 3.0], [2.0, 4.0]]),
    actual=TENSOR,
)


def a_check(name: str = "test_swaps", **values: Any) -> CheckResult:
    words = (
        Sentence(text="It differs."),
        Sentence(text="It is 7.", reader=Reader.TA, holds_values=True),
    )
    given = {"outcome": Outcome.FAILED, "sentences": words, "hint": "Swapped?", **values}
    return CheckResult(check=CheckId(exercise="transpose", name=name), **given)


def an_item(*checks: CheckResult, hint: str | None = None, **values: Any) -> Item:
    diagnosis = Diagnosis(mistakes=("transpose/one",), hint=hint) if hint else None
    result = ExerciseResult(
        exercise="transpose", max_points=3.0, checks=checks, diagnosis=diagnosis
    )
    given = {"name": "transpose", "max_points": 3.0, "points": 1.0, "anchor": "transpose"}
    return Item(
        **{**given, "answer": "def transpose(m):\n    return m", "result": result, **values}
    )


def a_page(*items: Item, **values: Any) -> Page:
    return Page(assignment="1-tensors", items=items, **values)


DONE = Item(name="total", max_points=2.0, points=2.0)
UNREAD = Item(name="why", max_points=3.0, written=True, answer="Because.")
LOST = an_item(a_check(gap=GAP))


def shown(page: Page) -> BeautifulSoup:
    return BeautifulSoup(page_top(page, CLEAN), "html.parser")


def text_of(page: Page) -> str:
    return " ".join(shown(page).get_text(" ").split())


def test_all_that_a_page_says_stands_in_this_order() -> None:
    page = a_page(
        LOST,
        Item(name="left", max_points=1.0, points=0.0, unanswered=True),
        dataclasses.replace(DONE, pictures=(Picture(mime="image/png", content="QUJD"),)),
        UNREAD,
        handed_in=NOON,
        due=NOON + timedelta(days=1),
        file="1-tensors.ipynb, code 7F3A-92C1",
        notes=("A cell was stopped.",),
        since=Since(
            day="1 November 2026",
            changes=(
                Change(name="total", before=0.0, now=2.0, max_points=2.0),
                Change(name="transpose", before=3.0, now=1.0, max_points=3.0),
                Change(name="left", before=0.0, now=0.0, max_points=1.0),
            ),
        ),
    )

    said = text_of(page)

    order = [
        "1-tensors: 3 of 6 points so far",
        "What to do next: Change transpose and left, run the checks in your notebook, and hand in",
        "Handed in",
        "in time",
        "1-tensors.ipynb, code 7F3A-92C1",
        "why (3 points). A person gives these points; it is not a 0.",
        "A cell was stopped.",
        "Gained total: 0 of 2 before, now 2",
        "Lost transpose: 3 of 3 before, now 1",
        "Still open left: 0 of 1, as before",
        "You lost 2 points in 1 exercise",
        "transpose 1 of 3 points",
        "def transpose(m)",
        "transpose(matrix) differs in 2 of 4 values, first at [0, 1].",
        "Expected",
        "What came",
        "Hint: Swapped?",
        "Next step: Change it, run the check below it, and hand in again by",
        "Not answered yet: 1 exercise, 1 point",
        "What total drew",
        "1 answer with all points",
    ]
    assert [words for words in order if words not in said] == []
    assert sorted(order, key=said.index) == order


def test_headings_go_down_one_step_at_a_time() -> None:
    page = shown(a_page(LOST, DONE, since=Since(day="today")))
    levels = [int(tag.name[1]) for tag in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_pictures_have_words_and_tables_have_headers() -> None:
    told = {
        "misread": [{"label": 7, "read_as": 1, "pixels": base64.b64encode(bytes(784)).decode()}],
        "history": [
            {"train_loss": 2.0, "test_loss": 2.1, "accuracy": 0.3},
            {"train_loss": 1.0, "test_loss": 1.2, "accuracy": 0.7},
        ],
        "confusion": [[9 if row == column else 1 for column in range(10)] for row in range(10)],
    }
    drawn = (Picture(mime="image/png", content="QUJD"),)
    page = shown(a_page(an_item(a_check(), for_page=told, pictures=drawn), LOST))

    assert all(picture["alt"] for picture in page.find_all("img"))
    assert page.find_all("th")
    assert [th for th in page.find_all("th") if th.get("scope") not in ("row", "col")] == []
    alts = [picture["alt"] for picture in page.find_all("img")]
    assert alts == [
        "The picture that transpose drew.",
        "Loss by epoch, over 2 epochs: training from 2 to 1; test from 2.1 to 1.2.",
        "Accuracy by epoch, over 2 epochs: test from 30.0% to 70.0%.",
        "A 7 that is read as 1.",
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Change transpose, run the checks in your notebook, and hand in again."),
        (
            {"due": NOON, "is_over": True},
            "The due date is over. For next time, look at transpose.",
        ),
    ],
)
def test_the_next_step_is_one_that_can_still_be_taken(values: dict[str, Any], words: str) -> None:
    said = text_of(a_page(LOST, **values))

    assert f"What to do next: {words}" in said
    assert ("hand in again" in said) is not values.get("is_over", False)


@pytest.mark.parametrize(
    ("items", "headline", "step"),
    [
        ((DONE,), "1-tensors: 2 of 2 points", "Nothing: all points are yours."),
        (
            (UNREAD,),
            "1-tensors: not read yet",
            "Nothing for now. A new page will say more when a person has read your answer.",
        ),
        (
            (DONE, UNREAD),
            "1-tensors: 2 of 2 points so far",
            "Nothing for now. A new page will say more when a person has read your answer.",
        ),
    ],
)
def test_where_nothing_can_be_done_the_page_says_so(
    items: tuple[Item, ...], headline: str, step: str
) -> None:
    page = shown(a_page(*items))

    assert tag_of(page, "h1").text == headline
    assert tag_of(page, "p", class_="next").text == f"What to do next: {step}"
    assert page.find("article") is None


@pytest.mark.parametrize(
    ("late_s", "penalty", "words"),
    [
        (0.0, 0.0, "in time"),
        (30.0, 0.5, "less than a minute late: 0.5 points less"),
        (3 * 3600.0 + 5, 1.0, "3 hours late: 1 point less"),
        (86400.0, 0.0, "1 day late; this costs no points"),
    ],
)
def test_lateness_is_said_with_what_it_costs(late_s: float, penalty: float, words: str) -> None:
    page = a_page(DONE, handed_in=NOON, due=NOON, late_s=late_s, penalty=penalty)

    assert words in text_of(page)
    assert page.points == 2.0 - penalty


def test_a_penalty_takes_no_more_than_there_is() -> None:
    assert a_page(DONE, penalty=5.0).points == 0.0


def test_where_the_gap_is_shown_hidden_words_are_not_said() -> None:
    hidden, public = a_check("test_other"), a_check(gap=GAP)

    said = text_of(a_page(an_item(hidden, public)))

    assert said.index(GAP.fact) < said.index("It differs.")
    assert said.count("It differs.") == 1
    assert "It differs." not in text_of(a_page(an_item(public)))
    assert "It is 7." not in said


def test_values_are_shown_where_the_course_shows_them() -> None:
    page = a_page(an_item(a_check()), audience=Audience(show_values=True))

    assert "It is 7." in text_of(page)


def test_the_seed_of_the_public_draw_is_printed_once_for_an_exercise() -> None:
    said = text_of(a_page(an_item(a_check(gap=GAP), a_check("test_other", gap=GAP))))

    assert said.count("the public draw (seed 2026)") == 1


def test_a_gap_without_values_shows_what_was_asked_and_the_fact() -> None:
    raised = Gap(
        seed=2026, call="transpose(m)", fact="It raised ValueError: no.", inputs=(("m", TENSOR),)
    )

    said = text_of(a_page(an_item(a_check(gap=raised))))

    assert "It raised ValueError: no. transpose(m) with m = shape (2, 2)" in said
    assert "Expected" not in said


@pytest.mark.parametrize("show", [True, False])
def test_hints_can_be_left_out(show: bool) -> None:
    page = a_page(an_item(a_check(), hint="Fits."), audience=Audience(show_hints=show))

    assert ("Hint: Fits." in text_of(page)) is show
    assert "Swapped?" not in text_of(page)


def test_what_several_checks_found_alike_is_said_once() -> None:
    said = text_of(a_page(an_item(a_check("test_one"), a_check("test_two"), a_check("test_three"))))

    assert said.count("It differs.") == 1
    assert "Checks not passed: one; two; three." in said


def test_one_exception_is_one_finding_whatever_the_inputs_were() -> None:
    other = dataclasses.replace(TENSOR, values=[[7.0, 8.0], [9.0, 10.0]])
    checks = [
        a_check(
            name,
            outcome=Outcome.ERROR,
            gap=Gap(seed=1, call="transpose(m)", fact="It raised TypeError.", inputs=(("m", m),)),
        )
        for name, m in (("test_one", TENSOR), ("test_two", other))
    ]

    said = text_of(a_page(an_item(*checks)))

    assert said.count("It raised TypeError.") == 1
    assert "Checks not passed: one; two." in said


def test_a_hint_that_stands_above_is_not_said_again() -> None:
    checks = [a_check(sentences=(Sentence(text=f"Fact {n}."),)) for n in range(3)]

    said = text_of(a_page(an_item(*checks)))

    assert said.count("Hint: Swapped?") == 1
    assert said.index("Fact 0.") < said.index("Hint: Swapped?") < said.index("Fact 1.")


def test_what_only_says_where_to_begin_stands_last() -> None:
    elsewhere = "If other checks of it fail too, begin with those."
    checks = [
        a_check(sentences=(Sentence(text="Later."),), hint=elsewhere),
        a_check(sentences=(Sentence(text="First."),)),
    ]

    said = text_of(a_page(an_item(*checks)))

    assert said.index("First.") < said.index("Later.")


def test_more_than_two_findings_are_folded() -> None:
    checks = [a_check(sentences=(Sentence(text=f"Fact {n}."),)) for n in range(5)]

    page = shown(a_page(an_item(*checks)))

    folded = tag_of(page, "details").text
    assert "3 more findings" in tag_of(page, "summary").text
    assert [f"Fact {n}." in folded for n in range(5)] == [False] * 2 + [True] * 3


def test_points_that_a_person_gave_are_said_once_with_those_of_the_checks() -> None:
    given = dataclasses.replace(LOST, by_hand=True, by_checks=0.0)
    full = dataclasses.replace(given, name="full", points=3.0)

    said = text_of(a_page(given, full))

    assert said.count("A person gave these points: 1 of 3. The checks had found 0.") == 1
    assert said.count("A person gave these points: 3 of 3. The checks had found 0.") == 1


def test_a_comment_stands_in_the_card_and_with_what_is_done() -> None:
    lost = dataclasses.replace(LOST, comment="See me.")

    left = dataclasses.replace(DONE, points=0.0, unanswered=True, comment="Out of time?")
    page = shown(a_page(lost, left, dataclasses.replace(DONE, comment="Well done.")))

    assert "See me." in tag_of(page, "article").text
    assert "Out of time?" in page.text
    assert "Well done." in tag_of(page, "details").text


def test_what_changed_since_a_person_read_it_is_read_again() -> None:
    page = a_page(dataclasses.replace(DONE, again=True))

    assert "total: your answer has changed, and a person will look at it again." in text_of(page)


def test_why_an_exercise_waits_is_said_once() -> None:
    waits = a_check(outcome=Outcome.UNDECIDED, sentences=(Sentence(text="It could not judge."),))
    items = [an_item(waits, waits, points=None, name=name) for name in ("a", "b")]

    assert text_of(a_page(*items)).count("It could not judge.") == 1


def test_a_solution_stands_below_the_answer_that_lost_points() -> None:
    page = shown(a_page(dataclasses.replace(LOST, solution="return m.T")))
    told = tag_of(page, "article").text
    without = text_of(a_page(LOST))

    assert told.index("return m.T") > told.index("Hint")
    assert "A solution" not in without


def test_everything_is_text() -> None:
    evil = dataclasses.replace(
        GAP,
        call=EVIL,
        fact=EVIL,
        inputs=((EVIL, Shown(text=EVIL)), (EVIL, dataclasses.replace(TENSOR, values=[[EVIL]]))),
        expected=dataclasses.replace(TENSOR, text=EVIL, dtype=EVIL, device=EVIL, values=[EVIL]),
        actual=Shown(text=EVIL, dtype="x", values=[[EVIL]]),
    )
    check = a_check(EVIL, gap=evil, hint=EVIL)
    item = an_item(
        *(check, a_check(EVIL, sentences=(Sentence(text=EVIL),), hint=EVIL)),
        **dict.fromkeys(("name", "anchor", "answer", "comment", "solution"), EVIL),
    )
    page = a_page(
        *(item, dataclasses.replace(item, points=3.0), dataclasses.replace(item, points=None)),
        dataclasses.replace(item, unanswered=True),
        **dict.fromkeys(("file", "stands"), EVIL),
        notes=(EVIL,),
        since=Since(day=EVIL, changes=(Change(name=EVIL, before=0.0, now=1.0, max_points=2.0),)),
    )
    page = dataclasses.replace(page, assignment=EVIL)

    html = page_top(page, CLEAN)

    parsed = BeautifulSoup(html, "html.parser")
    assert parsed.find("script") is None
    assert "<script" not in html
    assert [tag for tag in parsed.find_all(True) if "onload" in tag.attrs] == []
    assert html.count("alert(1)") > 20


def a_report(**points: float) -> Report:
    checks = {
        name: CheckResult(
            check=CheckId(exercise=name, name="test_x"), outcome=Outcome.PASSED, credit=share / 2
        )
        for name, share in points.items()
    }
    exercises = tuple(
        ExerciseResult(exercise=name, max_points=2.0, checks=(check,))
        for name, check in checks.items()
    )
    return Report(assignment="a", exercises=exercises)


def test_what_changed_is_of_exercises_that_lost_points_before_or_now() -> None:
    before = a_report(always=2.0, better=1.0, worse=2.0, open=0.0, gone=0.0)
    now = a_report(always=2.0, better=2.0, worse=0.0, open=0.0, new=0.0)

    since = Since(day="", changes=changes(before, now))

    assert [one.name for one in since.gained] == ["better"]
    assert [one.name for one in since.lost] == ["worse"]
    assert [one.name for one in since.still_open] == ["open"]


def test_an_exercise_that_is_worth_something_else_by_now_is_not_compared() -> None:
    now = a_report(one=0.0)
    before = dataclasses.replace(
        now, exercises=(dataclasses.replace(now.exercises[0], max_points=5.0),)
    )

    assert changes(before, now) == ()


def test_what_waits_for_a_person_has_neither_gained_nor_lost() -> None:
    waits = dataclasses.replace(a_check(), outcome=Outcome.UNDECIDED)
    open_ = ExerciseResult(exercise="one", max_points=2.0, checks=(waits,))
    waiting = Report(assignment="a", exercises=(open_,))

    assert changes(waiting, a_report(one=2.0)) == changes(a_report(one=2.0), waiting) == ()
