"""Students' questions about grades: noted with what was so, listed, answered, shown on the page."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from autograder.classroom.feedback import feedback_for, pages_that_stand
from autograder.classroom.grade import grade_class
from autograder.cli.commands import run
from autograder.course.lock import SomebodyWrites
from autograder.errors import Refused, SettingsProblem, UnknownName
from autograder.nbgrader_bridge.by_hand import overrides_without_reason
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.requests import Requests
from autograder.review.history import grade_history
from autograder.review.requests import (
    LONGEST,
    NotNoted,
    answer,
    ask,
    open_requests,
    requests_of,
)
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini
from tests.kit.nbgrader_bridge.sample_class import find

WRONG = "def transpose(m):\n    return m"
EVIL = "Why?\x1b[31m <script>alert(1)</script>\n\n- $x^2$ is **mine**"


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """Two students with their pages. Not to be changed: copy it."""
    mini = released.copy_to(tmp_path_factory.mktemp("requests") / "course")
    stub = mini.answered(transpose=WRONG)
    find(stub, "total").source = find(mini.released(), "total").source
    for student in ("ada", "ben"):
        mini.hand_in(student, stub)
    list(grade_class(mini.course, ASSIGNMENT, ["ada", "ben"]))
    list(feedback_for(mini.course, ASSIGNMENT, ["ada", "ben"], released=True))
    return mini


@pytest.fixture
def course(graded: Mini, tmp_path: Path) -> Mini:
    return graded.copy_to(tmp_path / "course")


def command(
    mini: Mini, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        run(["request", *arguments, "--course", str(mini.root)])
    told = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, told.out, told.err


def add_setting(mini: Mini, line: str) -> Mini:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"\n{line}\n")
    return Mini(mini.root)


def page(mini: Mini, student: str = "ada") -> BeautifulSoup:
    path = mini.root / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def stand(mini: Mini) -> frozenset[str]:
    return pages_that_stand(mini.course, ASSIGNMENT, ["ada", "ben"])


# Noted


def test_a_question_is_noted_with_what_was_so(course: Mini) -> None:
    asked = ask(course.course, ASSIGNMENT, "ada", "transpose", "Is my view wrong?")

    newest = Record(course.course, ASSIGNMENT).history("ada").newest
    assert newest is not None
    assert (asked.text, asked.points, asked.max_points) == ("Is my view wrong?", 0.0, 3.0)
    assert (asked.file, asked.code, asked.graded) == ("a1.ipynb", newest.code, newest.graded)
    assert asked.says in page(course).get_text()
    assert "transpose(" in asked.says
    assert requests_of(course.course, ASSIGNMENT, "ada") == (asked,)


def test_of_what_a_person_gave_or_nobody_has_read_that_is_what_the_page_says(course: Mini) -> None:
    with opened(course.course.db_url) as gradebook:
        gradebook.find_grade("transpose-checks", ASSIGNMENT, ASSIGNMENT, "ada").manual_score = 1.0
        gradebook.db.commit()

    given = ask(course.course, ASSIGNMENT, "ada", "transpose", "Why 1?")
    unread = ask(course.course, ASSIGNMENT, "ada", WRITTEN, "When?")
    silent = ask(course.course, ASSIGNMENT, "ada", "total", "I did!")
    full = ask(course.course, ASSIGNMENT, "ada", "from_list", "Thanks?")

    assert (given.points, given.says[:29]) == (1.0, "A person gave these points: 1")
    assert unread.points is None
    assert "A person gives these points; it is not a 0." in unread.says
    assert (silent.says, full.says) == ("Not answered yet.", "")


def test_what_was_so_stays_when_the_grade_changes(course: Mini) -> None:
    asked = ask(course.course, ASSIGNMENT, "ada", "transpose", "Why?")
    course.hand_in("ada", course.answered())
    list(grade_class(course.course, ASSIGNMENT, ["ada"]))

    assert requests_of(course.course, ASSIGNMENT, "ada") == (asked,)


def test_open_ones_are_listed_the_oldest_first_and_answered_ones_are_not(course: Mini) -> None:
    first = ask(course.course, ASSIGNMENT, "ben", "transpose", "First?")
    second = ask(course.course, ASSIGNMENT, "ada", "transpose", "Second?")
    third = ask(course.course, ASSIGNMENT, "ada", "total", "Third?")

    ended = answer(course.course, ASSIGNMENT, "ada", "total", "No.")

    found = open_requests(course.course, ASSIGNMENT)
    assert {(one.student, one.request) for one in found} == {("ben", first), ("ada", second)}
    assert [one.request.asked for one in found] == sorted(one.request.asked for one in found)
    assert (ended.text, ended.answer, ended.is_open) == (third.text, "No.", False)


def test_after_an_answer_the_student_may_ask_again(course: Mini) -> None:
    ask(course.course, ASSIGNMENT, "ada", "total", "Why?")
    with pytest.raises(NotNoted, match="The last question of ada about total is still open"):
        ask(course.course, ASSIGNMENT, "ada", "total", "Well?")
    answer(course.course, ASSIGNMENT, "ada", "total", "Because.")

    ask(course.course, ASSIGNMENT, "ada", "total", "Really?")

    assert [one.is_open for one in requests_of(course.course, ASSIGNMENT, "ada")] == [False, True]


def test_nothing_is_noted_while_another_process_writes(course: Mini) -> None:
    code = (
        "import sys, pathlib; from autograder.course.course import open_course; "
        "from autograder.course.lock import writing; from autograder.settings.load import load\n"
        "with writing(open_course(load(pathlib.Path(sys.argv[1]))), 'grading a1'):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(course.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"

        with pytest.raises(SomebodyWrites, match="is grading a1 since"):
            ask(course.course, ASSIGNMENT, "ada", "total", "Why?")

        other.communicate(b"")
    assert requests_of(course.course, ASSIGNMENT, "ada") == ()


def test_questions_that_cannot_be_read_are_not_written_over(course: Mini) -> None:
    ask(course.course, ASSIGNMENT, "ada", "total", "Why?")
    (path,) = Record(course.course, ASSIGNMENT).folder.rglob("requests.json")
    path.write_text("{")

    with pytest.raises(Refused, match=r"requests\.json cannot be read"):
        ask(course.course, ASSIGNMENT, "ada", "transpose", "Why?")

    assert path.read_text() == "{"
    assert Requests(course.course, ASSIGNMENT).of("ada") == ()


def test_a_record_of_another_version_of_the_kit_is_read(course: Mini) -> None:
    ask(course.course, ASSIGNMENT, "ada", "total", "Why?")
    (path,) = Record(course.course, ASSIGNMENT).folder.rglob("requests.json")
    data = json.loads(path.read_text())
    data["requests"][0]["mood"] = "grim"
    path.write_text(json.dumps(data))

    assert [one.text for one in requests_of(course.course, ASSIGNMENT, "ada")] == ["Why?"]


# Closing


def test_after_the_day_that_the_settings_name_questions_are_closed(course: Mini) -> None:
    mini = add_setting(course, "c.Requests.close = {'a1': '2026-01-02'}")

    with pytest.raises(NotNoted, match="of a1 have closed on 2 January 2026, 23:59") as refused:
        ask(mini.course, ASSIGNMENT, "ada", "total", "Why?")

    assert len(str(refused.value).splitlines()) == 1
    assert "--after-closing" in str(refused.value)
    ask(mini.course, ASSIGNMENT, "ada", "total", "Why?", after_closing=True)
    assert answer(mini.course, ASSIGNMENT, "ada", "total", "So.").answer == "So."


@pytest.mark.parametrize(("days_ago", "is_taken"), [(1.0, True), (3.0, False)])
def test_days_count_from_the_release_of_the_feedback(
    course: Mini, days_ago: float, is_taken: bool
) -> None:
    mini = add_setting(course, "c.Requests.days_after_release = 2")
    for path in Record(mini.course, ASSIGNMENT).folder.glob("*/history.json"):
        data = json.loads(path.read_text())
        moment = datetime.now(UTC) - timedelta(days=days_ago)
        data["released"] = data["given"] = moment.isoformat(timespec="seconds")
        path.write_text(json.dumps(data))

    with contextlib.nullcontext() if is_taken else pytest.raises(NotNoted, match="have closed on"):
        ask(mini.course, ASSIGNMENT, "ada", "total", "Why?")

    assert len(requests_of(mini.course, ASSIGNMENT, "ada")) == is_taken


def test_days_do_not_count_where_nothing_was_released(course: Mini) -> None:
    mini = add_setting(course, "c.Requests.days_after_release = 0.0001")
    mini.hand_in("ada", mini.answered(transpose=WRONG))
    list(grade_class(mini.course, ASSIGNMENT, ["ada"]))

    assert ask(mini.course, ASSIGNMENT, "ada", "transpose", "Why?").is_open


def test_an_assignment_that_is_not_there_is_said(course: Mini) -> None:
    mini = add_setting(course, "c.Requests.close = {'a2': '2026-01-02'}")

    with pytest.raises(SettingsProblem, match=r"Requests\.close names a2, and there is no such"):
        ask(mini.course, ASSIGNMENT, "ada", "total", "Why?")


# On the page


def test_the_question_and_its_answer_stand_on_the_page_and_nothing_of_them_runs(
    course: Mini,
) -> None:
    ask(course.course, ASSIGNMENT, "ada", "transpose", EVIL)
    answer(course.course, ASSIGNMENT, "ada", "transpose", "It is **not** a view.")
    ask(course.course, ASSIGNMENT, "ada", "total", "I did?")
    ask(course.course, ASSIGNMENT, "ada", "from_list", "Full?")
    ask(course.course, ASSIGNMENT, "ada", WRITTEN, "When?")
    list(feedback_for(course.course, ASSIGNMENT, ["ada"]))

    shown = page(course)

    card = shown.find(id="lost-1")
    assert card is not None
    said = [" ".join(one.get_text(" ").split()) for one in card.find_all(class_="person")]
    assert said[0].startswith("Question of ")
    assert "Why?" in said[0]
    assert said[1].startswith("Answer of ")
    assert "It is not a view." in said[1]
    assert shown.find("script") is None
    assert "\x1b" not in str(shown)
    for text in ("I did?", "Full?", "When?"):
        # At the top, and at the answer in the notebook, as comments.
        assert len([one for one in shown.find_all(class_="person") if text in one.get_text()]) == 2
    assert "Your question waits for an answer." in shown.get_text()


def test_a_page_is_older_than_a_question_and_than_its_answer(course: Mini) -> None:
    assert stand(course) == {"ada", "ben"}
    ask(course.course, ASSIGNMENT, "ada", "transpose", "Why?")
    assert stand(course) == {"ben"}
    list(feedback_for(course.course, ASSIGNMENT, ["ada", "ben"]))
    assert stand(course) == {"ada", "ben"}

    answer(course.course, ASSIGNMENT, "ada", "transpose", "So.")

    assert stand(course) == {"ben"}


# The command


def test_the_command_notes_lists_and_ends_a_question(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    of_it = (ASSIGNMENT, "--student", "ada", "--exercise", "transpose")

    assert command(course, capsys, ASSIGNMENT) == (0, "a1: no question is open\n", "")
    code, out, _err = command(course, capsys, *of_it, EVIL)
    assert (code, "autograder feedback a1" in out) == (0, True)
    code, out, _err = command(course, capsys, ASSIGNMENT)
    assert (code, len(out.splitlines())) == (0, 1)
    assert "ada, transpose (0/3): Why?�[31m <script>" in out
    code, out, _err = command(course, capsys, *of_it, "--answer", "Look at the strides.")
    assert code == 0
    code, out, _err = command(course, capsys, ASSIGNMENT, "--student", "ada")
    assert "    the page said: transpose(" in out
    assert "    - $x^2$ is **mine**" in out
    assert "    Look at the strides." in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a1x",), "There is no assignment named a1x. Did you mean a1?"),
        ((ASSIGNMENT, "Why?"), "A question needs its student and its exercise"),
        ((ASSIGNMENT, "Why?", "-s", "ada"), "A question needs its student and its exercise"),
        ((ASSIGNMENT, "-s", "ada", "--answer", "x"), "An answer needs its student and its"),
        ((ASSIGNMENT, "Q", "-s", "ada", "-e", "total", "--answer", "x"), "Either a question or"),
        ((ASSIGNMENT, "Q", "-s", "adda", "-e", "total"), "There is no result named adda"),
        ((ASSIGNMENT, "-s", "adda"), "There is no result named adda"),
        ((ASSIGNMENT, "Q", "-s", "ada", "-e", "totl"), "There is no exercise named totl in a1."),
        ((ASSIGNMENT, " \n", "-s", "ada", "-e", "total"), "The question is empty."),
        ((ASSIGNMENT, "x" * (LONGEST + 1), "-s", "ada", "-e", "total"), "The question has 4,001"),
        ((ASSIGNMENT, "-s", "ada", "-e", "total", "--answer", "x"), "There is no open question"),
        ((ASSIGNMENT, "-e", "total"), "Name the student whose questions"),
    ],
)
def test_what_cannot_be_noted_is_one_line(
    graded: Mini, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = command(graded, capsys, *arguments)

    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert len(err.splitlines()) == 1
    assert open_requests(graded.course, ASSIGNMENT) == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c.Requests.close = {'a1': 'soon'}", "'soon' is not a moment: write '2026-12-01 18:00'"),
        ("c.Requests.close = '2026-12-01'", "close"),
        ("c.Requests.close = {'a1': 7}", "close"),
        ("c.Requests.days_after_release = 0", "Set it to a number above 0 and up to 3,650"),
        ("c.Requests.days = 3", "There is no setting of Requests named days"),
    ],
)
def test_settings_that_cannot_be_used_are_one_line(
    course: Mini, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    add_setting(course, line)

    code, _out, err = command(course, capsys, ASSIGNMENT)

    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1


# The history, and overrides


def test_a_grades_history_tells_its_questions(course: Mini) -> None:
    asked = ask(course.course, ASSIGNMENT, "ada", "total", "Why?")

    assert grade_history(course.course, ASSIGNMENT, "ada").requests == (asked,)
    with pytest.raises(UnknownName):
        requests_of(course.course, ASSIGNMENT, "eve")


def test_overrides_without_a_reason_are_found(course: Mini) -> None:
    with opened(course.course.db_url) as gradebook:
        for student, cell, score in (
            ("ada", "transpose-checks", 1.0),
            ("ben", "transpose-checks", 2.0),
            ("ben", "from_list-checks", 1.0),  # What the checks gave, too.
            ("ben", WRITTEN, 2.0),
        ):
            gradebook.find_grade(cell, ASSIGNMENT, ASSIGNMENT, student).manual_score = score
        comment = gradebook.find_comment("transpose", ASSIGNMENT, ASSIGNMENT, "ben")
        comment.manual_comment = "A view after all."
        said = gradebook.find_comment("transpose", ASSIGNMENT, ASSIGNMENT, "ada")
        said.manual_comment = "  \n"
        gradebook.db.commit()

    (found,) = overrides_without_reason(course.course, ASSIGNMENT)

    assert (found.student, found.given.name) == ("ada", "transpose")
    assert (found.given.points, found.given.by_checks) == (1.0, 0.0)
