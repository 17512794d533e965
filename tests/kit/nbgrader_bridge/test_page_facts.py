"""What stands at the top of a page: from gradebook, record, `checks.json` and notebook."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from nbformat.v4 import new_code_cell

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.course.course import CHECKS_FILE, Course, open_course
from autograder.feedback.page import Item, Page
from autograder.nbgrader_bridge.cleaning import page_html
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.page_facts import page_facts
from autograder.nbgrader_bridge.pages import safe_markdown2html
from autograder.results import Gap, read, write
from autograder.settings.load import load
from tests.kit.course_maker import ANSWERS, ASSIGNMENT, WRITTEN, Mini
from tests.kit.hand_in.test_written import PNG
from tests.kit.nbgrader_bridge.sample_class import find
from tests.kit.nbgrader_bridge.test_pages import hidden_numbers
from tests.kit.tags import tag_of

NOW = datetime(2026, 11, 20, 12)
WRONG = {
    "transpose": "def transpose(m):\n    return m",
    "total": "def total(m):\n    return 0.0",
    "with_column": "def with_column(m, j, value):\n    return m",
}
DRAWS = f"""
from IPython.display import display
display({{"image/png": "{PNG}", "text/plain": "a figure"}}, raw=True)
"""


def hand_in(mini: Mini, *wrong: str) -> None:
    notebook = mini.answered(**{name: WRONG[name] for name in wrong})
    place = notebook.cells.index(find(notebook, "total-checks"))
    drawing = new_code_cell(DRAWS)
    drawing.metadata["nbgrader"] = {}
    notebook.cells.insert(place + 1, drawing)
    mini.hand_in("ada", notebook, {"timestamp.txt": "2026-11-10 12:00:00 UTC\n"})
    assert all(told.graded.report for told in grade_class(mini.course, ASSIGNMENT, ["ada"]))


@pytest.fixture(scope="module")
def graded_twice(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """ada handed in twice: total is mended, transpose is still wrong, with_column wrong anew."""
    mini = released.copy_to(tmp_path_factory.mktemp("facts") / "course")
    hand_in(mini, "transpose", "total")
    hand_in(mini, "transpose", "with_column")
    return mini


@pytest.fixture
def mini(graded_twice: Mini, tmp_path: Path) -> Mini:
    return graded_twice.copy_to(tmp_path / "course")


def course_of(mini: Mini) -> Course:
    return open_course(load(mini.root))


def page(mini: Mini) -> BeautifulSoup:
    course = course_of(mini)
    assert list(feedback_for(course, ASSIGNMENT, ["ada"])) == [("ada", None)]
    text = mini.read("feedback", "ada", ASSIGNMENT, f"{ASSIGNMENT}.html")
    return BeautifulSoup(text, "html.parser")


def card(mini: Mini, exercise: str) -> Tag:
    cards = [one for one in page(mini).find_all("article") if exercise in tag_of(one, "h3").text]
    (found,) = cards
    return found


def facts(mini: Mini) -> Page:
    notebook = mini.root / "autograded" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    cells = nbformat.read(notebook, as_version=4).cells
    return page_facts(course_of(mini), ASSIGNMENT, "ada", cells, NOW.replace(tzinfo=UTC))


def item(mini: Mini, name: str) -> Item:
    (found,) = [one for one in facts(mini).items if one.name == name]
    return found


def set_grade(mini: Mini, name: str, points: float, *, waits: bool = False) -> None:
    """As a person does in Formgrader."""
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade(name, ASSIGNMENT, ASSIGNMENT, "ada")
        grade.manual_score, grade.needs_manual_grade = points, waits
        gradebook.db.commit()


def set_comment(mini: Mini, name: str, text: str) -> None:
    with opened(mini.course.db_url) as gradebook:
        comment = gradebook.find_comment(name, ASSIGNMENT, ASSIGNMENT, "ada")
        comment.manual_comment = text
        gradebook.db.commit()


def is_due(mini: Mini, when: datetime | None, **extended_h: int) -> None:
    with opened(mini.course.db_url) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=when)
        for student, hours in extended_h.items():
            gradebook.update_or_create_student(student)
            gradebook.update_or_create_submission(ASSIGNMENT, student)
            gradebook.grant_extension(ASSIGNMENT, student, hours=hours)


def test_the_page_says_what_changed_since_the_last_hand_in(mini: Mini) -> None:
    section = tag_of(page(mini), "section", class_="since")

    assert [" ".join(line.get_text(" ").split()) for line in section.find_all("li")] == [
        "▲ Gained total: 0 of 2 before, now 2",
        "▼ Lost with_column: 1 of 1 before, now 0",
        "● Still open transpose: 0 of 3, as before",
    ]


def test_graded_again_it_still_compares_with_the_hand_in_before(mini: Mini) -> None:
    before = facts(mini).since

    again = list(grade_class(mini.course, ASSIGNMENT, ["ada"], force=True))
    assert all(one.graded.report for one in again)

    now = facts(mini).since
    assert before is not None
    assert now is not None
    assert now.changes == before.changes


def test_points_lost_and_what_waits_are_of_the_gradebook(mini: Mini) -> None:
    found = facts(mini)

    assert [one.name for one in found.lost] == ["transpose", "with_column"]
    assert [one.name for one in found.unread] == [WRITTEN]
    assert (found.points, found.max_points) == (5.0, 9.0)


def test_a_card_shows_the_students_own_answer_and_leads_to_it(mini: Mini) -> None:
    found = card(mini, "transpose")

    assert tag_of(found, "pre").text.strip() == WRONG["transpose"]
    (link,) = [str(a["href"]) for a in found.find_all("a")]
    answer = tag_of(page(mini), id=link.removeprefix("#"))
    assert tag_of(answer, "pre").text.strip() == WRONG["transpose"]


def test_a_gap_of_the_public_draw_is_shown(mini: Mini) -> None:
    path = mini.root / "autograded" / "ada" / ASSIGNMENT / CHECKS_FILE
    report = read(path)
    exercise = report.exercise("transpose")
    gap = Gap(seed=2026, call="transpose(public)", fact="transpose(public) has another shape.")
    checks = tuple(dataclasses.replace(check, gap=gap) for check in exercise.checks)
    exercises = tuple(
        dataclasses.replace(one, checks=checks) if one is exercise else one
        for one in report.exercises
    )
    before = card(mini, "transpose").text
    path.chmod(0o644)
    write(dataclasses.replace(report, exercises=exercises), path)

    shown = card(mini, "transpose").text

    assert "transpose(public)" not in before
    assert "transpose(public) has another shape." in shown


def test_points_of_a_persons_are_said_beside_those_of_the_checks(mini: Mini) -> None:
    set_grade(mini, "transpose-checks", 2.0)

    shown = page(mini)

    words = "A person gave these points: 2 of 3. The checks had found 0."
    assert shown.text.count("A person gave these points") == 1
    assert words in card(mini, "transpose").text
    assert tag_of(shown, "h1").text == "a1: 7 of 9 points so far"


def test_an_answer_that_changed_since_a_person_read_it_keeps_its_points_and_says_so(
    mini: Mini,
) -> None:
    set_grade(mini, WRITTEN, 2.5, waits=True)

    assert item(mini, WRITTEN).again
    assert f"{WRITTEN}: your answer has changed" in page(mini).text


def test_a_comment_stands_at_the_answer_and_in_the_card(mini: Mini) -> None:
    set_comment(mini, "transpose", "Which **axis** is $n$? <script>alert(1)</script>")

    comments = [one for one in page(mini).find_all(class_="person") if "axis" in one.text]

    assert len(comments) == 2
    assert [one.find("strong", string="axis") is not None for one in comments] == [True, True]
    assert [one.find("math") is not None for one in comments] == [True, True]
    assert [one.find("script") for one in comments] == [None, None]


def test_a_picture_below_an_answer_is_shown_at_the_top(mini: Mini) -> None:
    (figure,) = page(mini).find_all("figure")

    assert tag_of(figure, "img")["alt"] == "The picture that total drew."
    assert tag_of(figure, "img")["src"] == f"data:image/png;base64,{PNG}"


@pytest.mark.parametrize(
    ("due", "extended_h", "late_s", "over"),
    [
        (None, 0, 0.0, False),
        (NOW + timedelta(days=1), 0, 0.0, False),
        (NOW - timedelta(days=1), 0, 0.0, True),
        (NOW - timedelta(days=1), 48, 0.0, False),
        (datetime(2026, 11, 10, 9), 1, 2 * 3600.0, True),
    ],
)
def test_due_date_and_extension_are_this_students(
    mini: Mini, due: datetime | None, extended_h: int, late_s: float, over: bool
) -> None:
    is_due(mini, due, ada=extended_h)

    found = facts(mini)

    assert (found.late_s, found.is_over) == (late_s, over)
    if due is not None:
        assert found.due == (due + timedelta(hours=extended_h)).replace(tzinfo=UTC)


def test_what_was_left_as_released_is_not_answered_yet(mini: Mini) -> None:
    mini.hand_in("ben", mini.released())
    assert all(one.graded.report for one in grade_class(mini.course, ASSIGNMENT, ["ben"]))

    assert list(feedback_for(course_of(mini), ASSIGNMENT, ["ben"])) == [("ben", None)]

    html = mini.read("feedback", "ben", ASSIGNMENT, f"{ASSIGNMENT}.html")
    assert "Not answered yet: 7 exercises, 12 points" in html
    assert "<article" not in html


# Solutions after closing


def ends_round(mini: Mini) -> None:
    assert list(feedback_for(course_of(mini), ASSIGNMENT, ["ada"], released=True))


def allow(mini: Mini) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write('\nc.FeedbackText.solutions = "closed"\n')


def solutions(mini: Mini) -> list[str]:
    return [one.text.strip() for one in page(mini).find_all(class_="solution")]


PAST = datetime(2020, 1, 1)
REFERENCES = [ANSWERS["transpose"], ANSWERS["with_column"]]


def test_once_all_is_over_the_reference_stands_below_answers_that_lost_points(mini: Mini) -> None:
    is_due(mini, PAST)
    ends_round(mini)
    assert solutions(mini) == []

    allow(mini)

    assert solutions(mini) == REFERENCES


@pytest.mark.parametrize("missing", ["setting", "date", "over", "extension", "round"])
def test_solutions_are_shown_only_where_nobody_gains_by_them(mini: Mini, missing: str) -> None:
    far = int((datetime.now(UTC).replace(tzinfo=None) - PAST).total_seconds() // 3600) + 24
    due = {"date": None, "over": datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)}
    is_due(mini, due.get(missing, PAST), ada=0, **({"ben": far} if missing == "extension" else {}))
    if missing != "round":
        ends_round(mini)
    if missing != "setting":
        allow(mini)

    assert solutions(mini) == []


def test_a_page_is_made_anew_when_its_solutions_may_be_shown(mini: Mini) -> None:
    allow(mini)
    is_due(mini, PAST)
    ends_round(mini)

    assert solutions(mini) == REFERENCES


def test_a_hand_in_of_the_new_round_sees_no_solution(mini: Mini) -> None:
    allow(mini)
    is_due(mini, PAST)
    ends_round(mini)
    hand_in(mini, "transpose")

    assert solutions(mini) == []


def test_no_mark_of_nbgraders_stands_in_a_solution(mini: Mini) -> None:
    allow(mini)
    is_due(mini, PAST)
    ends_round(mini)

    html = str(page(mini))
    assert [words for words in ("SOLUTION", "MARK SCHEME", "HIDDEN TESTS") if words in html] == []


def test_beside_solutions_a_page_holds_no_hidden_value_and_no_check(mini: Mini) -> None:
    allow(mini)
    is_due(mini, PAST)
    ends_round(mini)

    html = str(page(mini))

    assert [number for number in hidden_numbers(mini) if number in html] == []
    assert "rng.tensor" not in html
    assert str(mini.root) not in html


def test_formgraders_markdown_stays_as_it_was() -> None:
    assert "<math" in page_html("$x$")
    assert "$x$" in safe_markdown2html("$x$")
