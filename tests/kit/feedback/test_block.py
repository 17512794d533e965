"""The block below an exercise: everything escaped, and only what its reader may see."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.feedback.block import Audience, exercise_html, points, reasons, score_line
from autograder.results import (
    CheckId,
    CheckResult,
    Diagnosis,
    ExerciseResult,
    Outcome,
    Reader,
    Report,
    Sentence,
)

ALL_READERS = (
    Sentence(text="for students"),
    Sentence(text="for TAs", reader=Reader.TA),
    Sentence(text="for instructors", reader=Reader.INSTRUCTOR),
)


def a_result(
    outcome: Outcome = Outcome.FAILED,
    *,
    name: str = "test_swaps_the_axes",
    credit: float = 0.0,
    sentences: tuple[Sentence, ...] = ALL_READERS,
    hint: str | None = "Swapped?",
) -> CheckResult:
    check = CheckId(exercise="transpose", name=name)
    return CheckResult(check=check, outcome=outcome, credit=credit, sentences=sentences, hint=hint)


def an_exercise(
    *results: CheckResult, name: str = "transpose", max_points: float = 2.0
) -> ExerciseResult:
    return ExerciseResult(exercise=name, max_points=max_points, checks=results)


class Page(HTMLParser):
    """What a browser makes of a block: its tags, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")


OUR_TAGS = {"div", "strong", "ul", "li", "span", "em"}
OUR_ATTRIBUTES = {"class", "style", "aria-hidden"}
markup = st.text(
    st.sampled_from("<>&\"'/=! abscriptonerjv:()\x00\x1b\u202e"), max_size=40
) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</div></li><iframe>",
        '" onmouseover="alert(1)',
        "<!-- -->",
        "&lt;script&gt;",
        "<svg/onload=alert(1)>",
    ]
)


@settings(max_examples=100, deadline=None)
@given(markup, markup, markup, markup, st.sampled_from(list(Outcome)))
def test_no_text_becomes_markup(
    name: str, exercise: str, said: str, hint: str, outcome: Outcome
) -> None:
    result = a_result(outcome, name=name, sentences=(Sentence(text=said),), hint=hint)

    page = Page(exercise_html(an_exercise(result, name=exercise)))

    assert set(page.tags) <= OUR_TAGS
    assert page.attributes <= OUR_ATTRIBUTES


def test_what_all_lost_checks_say_is_said_once() -> None:
    same = [a_result(name=f"test_{n}", hint="Swapped?") for n in ("one", "two")]
    right = a_result(Outcome.PASSED, name="test_three", credit=1.0, sentences=(), hint=None)

    text = Page(exercise_html(an_exercise(*same, right))).text

    assert text.count("for students") == text.count("Swapped?") == 1
    assert text.index("for students") < text.index("one: failed") < text.index("two: failed")


def test_a_reason_of_its_own_stays_with_its_check() -> None:
    other = a_result(name="test_two", sentences=(Sentence(text="another reason"),))

    text = Page(exercise_html(an_exercise(a_result(), other))).text

    assert text.index("for students") < text.index("two: failed") < text.index("another reason")


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"])))
def test_texts_are_shown_as_they_are(said: str) -> None:
    html = exercise_html(an_exercise(a_result(sentences=(Sentence(text=said),), hint=None)))

    assert said in Page(html).text


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        (Reader.STUDENT, ["for students"]),
        (Reader.TA, ["for students", "for TAs"]),
        (Reader.INSTRUCTOR, ["for students", "for TAs", "for instructors"]),
    ],
)
def test_a_reader_sees_the_sentences_written_for_them(reader: Reader, seen: list[str]) -> None:
    html = exercise_html(an_exercise(a_result()), Audience(reader=reader))

    assert [s.text for s in ALL_READERS if s.text in html] == seen


def test_a_student_is_who_reads_when_nobody_is_named() -> None:
    assert "for TAs" not in exercise_html(an_exercise(a_result()))


def test_a_course_that_shows_values_shows_students_what_holds_them() -> None:
    told = (
        Sentence(text="is not the expected number"),
        Sentence(text="is 2, expected 4", reader=Reader.TA, holds_values=True),
        Sentence(text="for TAs", reader=Reader.TA),
    )
    exercise = an_exercise(a_result(sentences=told))

    assert "is 2, expected 4" not in exercise_html(exercise)
    html = exercise_html(exercise, Audience(show_values=True))
    assert "is 2, expected 4" in html
    assert "for TAs" not in html


def test_a_hint_stands_below_the_facts() -> None:
    html = exercise_html(an_exercise(a_result()))

    assert html.index("for students") < html.index("Hint: Swapped?")


def test_hints_can_be_switched_off() -> None:
    html = exercise_html(an_exercise(a_result()), Audience(show_hints=False))

    assert "Swapped?" not in html


def diagnosed(hint: str | None) -> ExerciseResult:
    result = an_exercise(a_result(hint="Of the check?"))
    return dataclasses.replace(result, diagnosis=Diagnosis(mistakes=("x/<a>", "x/b"), hint=hint))


def test_the_hint_of_a_known_mistake_stands_for_those_of_the_checks() -> None:
    html = exercise_html(diagnosed("Is it <b>?"))

    assert html.count("Hint:") == 1
    assert "<em>Hint: Is it &lt;b&gt;?</em>" in html


def test_where_no_hint_of_a_mistake_fits_the_checks_keep_theirs() -> None:
    assert "<em>Hint: Of the check?</em>" in exercise_html(diagnosed(None))


def test_hints_that_are_switched_off_are_off_for_mistakes_too() -> None:
    assert "Hint" not in exercise_html(diagnosed("Is it?"), Audience(show_hints=False))


def test_only_tas_read_which_mistakes_an_answer_behaves_like() -> None:
    report = Report(assignment="a", exercises=(diagnosed("Is it?"),))

    assert reasons(report, Reader.TA)[0].endswith("(like <a>, b)")
    assert "like" not in reasons(report)[0]
    assert "&lt;a&gt;" not in exercise_html(diagnosed("Is it?"))


def test_a_passed_check_gives_no_hint() -> None:
    assert "Swapped?" not in exercise_html(an_exercise(a_result(Outcome.PASSED, credit=1.0)))


@pytest.mark.parametrize(
    ("outcome", "credit", "line"),
    [
        (Outcome.PASSED, 1.0, "✓ swaps the axes: passed"),
        (Outcome.PASSED, 0.25, "✓ swaps the axes: passed (25% of it)"),
        (Outcome.FAILED, 0.0, "✗ swaps the axes: failed"),
        (Outcome.ERROR, 0.0, "✗ swaps the axes: error"),
        (Outcome.TIMEOUT, 0.0, "✗ swaps the axes: timeout"),
        (Outcome.DIED, 0.0, "✗ swaps the axes: died"),
        (Outcome.NOT_RUN, 0.0, "– swaps the axes: not run"),
    ],
)
def test_each_outcome_has_its_line(outcome: Outcome, credit: float, line: str) -> None:
    result = a_result(outcome, credit=credit, sentences=(), hint=None)

    assert Page(exercise_html(an_exercise(result))).text.endswith(line)


@pytest.mark.parametrize(
    ("credit", "max_points", "line"),
    [
        (1.0, 2.0, "transpose: 2 of 2 points"),
        (0.5, 3.0, "transpose: 1.5 of 3 points"),
        (1 / 3, 2.0, "transpose: 0.67 of 2 points"),
        (0.0, 1.0, "transpose: 0 of 1 point"),
        (1.0, 10.0, "transpose: 10 of 10 points"),
    ],
)
def test_the_score_is_a_sentence(credit: float, max_points: float, line: str) -> None:
    result = an_exercise(a_result(Outcome.PASSED, credit=credit), max_points=max_points)

    assert score_line(result) == line
    assert Page(exercise_html(result)).text.startswith(line)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (2.0, "2"), (1.5, "1.5"), (0.67, "0.67"), (100, "100")]
)
def test_points_have_no_needless_fraction(value: float, text: str) -> None:
    assert points(value) == text


def a_report() -> Report:
    lost = a_result()
    full = ExerciseResult(
        exercise="describe", max_points=1, checks=(a_result(Outcome.PASSED, credit=1.0),)
    )
    silent = ExerciseResult(
        exercise="random_like", max_points=1, checks=(a_result(Outcome.DIED, sentences=()),)
    )
    notes = (
        Sentence(text="cell 7 was stopped."),
        Sentence(text="It read /etc.", reader=Reader.TA),
    )
    return Report(assignment="1-tensors", exercises=(an_exercise(lost), full, silent), notes=notes)


def test_each_exercise_that_lost_points_has_its_reason_then_come_the_notes() -> None:
    assert reasons(a_report()) == [
        "transpose: 0 of 2 points – swaps the axes: for students",
        "random_like: 0 of 1 point – swaps the axes: died",
        "cell 7 was stopped.",
    ]


def test_a_ta_reads_the_notes_for_tas_too() -> None:
    assert reasons(a_report(), Reader.TA)[-1] == "It read /etc."


def test_what_costs_the_most_is_said_first() -> None:
    cheap, dear = (
        CheckResult(
            check=CheckId(exercise="transpose", name=f"test_{word}", weight=weight),
            outcome=Outcome.FAILED,
            credit=0.0,
            sentences=(Sentence(text=f"{word}."),),
        )
        for word, weight in (("detail", 1.0), ("idea", 3.0))
    )
    report = Report(assignment="a", exercises=(an_exercise(cheap, dear),))

    assert reasons(report) == ["transpose: 0 of 2 points – idea: idea."]
