"""Grading anew: what it moves, tried or written; a released grade falls only where allowed."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.classroom.regrading import Effect, Regraded, regrade
from autograder.classroom.running import Told
from autograder.cli.commands import run
from autograder.course.course import CHECKS_FILE
from autograder.course.snapshots import snapshots
from autograder.nbgrader_bridge.gradebook import opened, totals
from autograder.nbgrader_bridge.record import Record
from autograder.results import read
from autograder.review.held import held_grades
from tests.kit.course_maker import ALL_POINTS, ASSIGNMENT, CHECKS, POINTS, WRITTEN, Mini
from tests.kit.nbgrader_bridge.formgrader_server import formgrader

STRICT_TOTAL = (
    "def total(m):\n"
    "    if m.numel() == 0:\n"
    "        raise ValueError('nothing to add')\n"
    "    return m.sum().item()"
)
FLOAT_LIST = "def from_list(values):\n    return torch.tensor(values).float()"
# One check more, which ada and ben do not pass, and one that is milder now, which cleo passes.
MILDER = "expect(student.from_list(values).float(), solution.from_list(values).float())"
OTHER_CHECKS = (
    CHECKS.replace("expect(student.from_list(values), solution.from_list(values))", MILDER)
    + """

@check("total")
def test_of_nothing(student, solution, rng):
    matrix = rng.tensor(2, 3)[:0]
    expect(student.total(matrix), solution.total(matrix))
"""
)
FEWER = ALL_POINTS - POINTS["total"] / 2


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class whose feedback is released but for ben's, and then checks change. Not to be changed:
    copy it.
    """
    mini = released.copy_to(tmp_path_factory.mktemp("regrade") / "course")
    mini.hand_in("ada", mini.answered(total=STRICT_TOTAL))
    mini.hand_in("ben", mini.answered(total=STRICT_TOTAL))
    mini.hand_in("cleo", mini.answered(from_list=FLOAT_LIST))
    mini.hand_in("=dan", mini.answered())
    grade(mini)
    out = ["ada", "cleo", "=dan"]
    assert not any(problem for _, problem in feedback_for(mini.course, ASSIGNMENT, out))
    list(feedback_for(mini.course, ASSIGNMENT, out, released=True))
    write_checks(mini, OTHER_CHECKS)
    return mini


@pytest.fixture
def course(graded: Mini, tmp_path: Path) -> Mini:
    return graded.copy_to(tmp_path / "course")


@pytest.fixture(scope="module")
def held(graded: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """The same, graded by the other checks. Not to be changed: copy it."""
    mini = graded.copy_to(tmp_path_factory.mktemp("held") / "course")
    grade(mini)
    return mini


def write_checks(mini: Mini, text: str) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(text, encoding="utf-8")


def grade(mini: Mini, **how: Any) -> dict[str, Told]:
    students = mini.course.submitted(ASSIGNMENT)
    return {
        one.graded.student: one for one in grade_class(mini.course, ASSIGNMENT, students, **how)
    }


def regraded(mini: Mini, *students: str, **how: Any) -> dict[str, Regraded]:
    wanted = list(students) or mini.course.submitted(ASSIGNMENT)
    return {one.student: one for one in regrade(mini.course, ASSIGNMENT, wanted, **how)}


def kept(mini: Mini) -> tuple[dict[str, bytes], list[str]]:
    """All that a dry run must not touch."""
    folders = ("autograded", "feedback", ".autograder/record", ".autograder/rounds", "assignments")
    files = {
        str(path.relative_to(mini.root)): path.read_bytes()
        for name in folders
        for path in sorted((mini.root / name).rglob("*"))
        if path.is_file()
    }
    with contextlib.closing(sqlite3.connect(mini.root / "gradebook.db")) as gradebook:
        return files, list(gradebook.iterdump())


def graded_folder(mini: Mini, student: str) -> dict[str, bytes]:
    folder = mini.course.folder("autograded", student, ASSIGNMENT)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def points_by_checks(mini: Mini, student: str) -> float:
    scores = {name: score for name, score in mini.scores(student).items() if name != WRITTEN}
    assert None not in scores.values()
    in_report = read(mini.course.folder("autograded", student, ASSIGNMENT) / CHECKS_FILE).points
    assert sum(score or 0.0 for score in scores.values()) == in_report
    return in_report


def held_of(mini: Mini) -> list[tuple[str, float, float]]:
    return [(one.student, one.before, one.now) for one in held_grades(mini.course, ASSIGNMENT)]


def give(mini: Mini, student: str, points: float, comment: str) -> None:
    """A TA's points for `total` and a comment."""
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade("total-checks", ASSIGNMENT, ASSIGNMENT, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        said = gradebook.find_comment("total", ASSIGNMENT, ASSIGNMENT, student)
        said.manual_comment = comment
        gradebook.db.commit()


def command(
    mini: Mini, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        run([*arguments, "--course", str(mini.root)])
    told = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, told.out, told.err


# Tried


def test_a_dry_run_says_who_would_gain_or_lose_what_and_writes_nothing(course: Mini) -> None:
    before, kept_before = kept(course), len(snapshots(course.course))

    found = regraded(course, dry_run=True)

    assert {name: one.effect for name, one in found.items()} == {
        "ada": Effect.HELD,
        "ben": Effect.LOSES,
        "cleo": Effect.GAINS,
        "=dan": Effect.SAME,
    }
    (lost,), (gained,) = found["ada"].moved, found["cleo"].moved
    assert (lost.exercise, lost.before, lost.now) == ("total", 2.0, 1.0)
    assert lost.why.startswith("of nothing: ")
    assert "nothing to add" in lost.why
    assert (gained.exercise, gained.before, gained.now) == ("from_list", 0.0, 1.0)
    assert gained.why.startswith("of whole numbers gives more now; it said: ")
    assert kept(course) == before
    assert len(snapshots(course.course)) == kept_before


def test_a_dry_run_that_allows_it_holds_nothing(course: Mini) -> None:
    assert regraded(course, "ada", dry_run=True, allow_lower=True)["ada"].effect is Effect.LOSES


def test_a_dry_run_tells_another_hand_in_and_one_that_is_new(course: Mini) -> None:
    course.hand_in("ada", course.answered(transpose="def transpose(m):\n    return m"))
    course.hand_in("new", course.answered())

    found = regraded(course, "ada", "new", dry_run=True)

    assert (found["ada"].effect, found["ada"].handed_in_again) == (Effect.LOSES, True)
    assert (found["new"].effect, found["new"].before) == (Effect.FIRST, None)
    assert found["new"].now == ALL_POINTS


def test_the_command_says_it_in_lines(course: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = command(course, capsys, "regrade", ASSIGNMENT, "--dry-run")

    assert code == 0
    (line,) = [one for one in out.splitlines() if one.startswith("  ada:")]
    assert line == (
        "  ada: 9 before, now 8 of 9, held: the released result stays. To lower it: "
        "autograder regrade a1 --student ada --allow-lower"
    )
    assert "    total: 2 before, now 1 of 2: of nothing: " in out
    assert "  cleo: 8 before, now 9 of 9" in out
    assert "1 gaining points, 1 losing points, 1 released results held, 1 unchanged" in out
    assert out.endswith("Nothing was written: this was a dry run.\n")


def test_as_csv_it_has_a_row_for_each_exercise_that_moves_and_none_computes(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, out, _err = command(course, capsys, "regrade", ASSIGNMENT, "--dry-run", "--csv")

    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(out))}
    assert set(rows) == {"ada", "ben", "cleo", "'=dan"}
    assert (rows["ada"]["effect"], rows["ada"]["exercise"]) == ("held", "total")
    assert (rows["cleo"]["exercise_before"], rows["cleo"]["exercise_now"]) == ("0.0", "1.0")
    assert rows["'=dan"]["effect"] == "unchanged"


def test_a_dry_run_of_a_source_that_the_gradebook_does_not_know_is_refused(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.write_text(path.read_text().replace('"points": 2', '"points": 4'))
    before = kept(course)

    code, out, err = command(course, capsys, "regrade", ASSIGNMENT, "--dry-run")

    assert (code, out) == (2, "")
    assert "a dry run writes nothing, not even that. Build it first:" in err
    assert "autograder build a1" in err
    assert kept(course) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a1x",), "There is no assignment named a1x. Did you mean a1?"),
        ((ASSIGNMENT, "-s", "adda"), "There is no submission named adda in submitted/*/a1."),
    ],
)
def test_what_is_not_there_is_one_line(
    course: Mini, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = command(course, capsys, "regrade", *arguments)

    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert len(err.splitlines()) == 1


def test_checks_at_fault_are_one_line_and_nothing_is_written(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    write_checks(course, "import no_such_module_7f3a\n")
    before = kept(course)

    code, out, err = command(course, capsys, "regrade", ASSIGNMENT, "--dry-run")

    assert (code, out) == (2, "")
    assert "no_such_module_7f3a" in err
    assert kept(course) == before


# Held


def test_grading_keeps_a_released_result_whole_and_notes_what_was_held(
    graded: Mini, held: Mini
) -> None:
    assert graded_folder(held, "ada") == graded_folder(graded, "ada")
    assert points_by_checks(held, "ada") == ALL_POINTS
    assert points_by_checks(held, "ben") == FEWER
    assert points_by_checks(held, "cleo") == ALL_POINTS
    assert held_of(held) == [("ada", ALL_POINTS, FEWER)]
    (one,) = held_grades(held.course, ASSIGNMENT)
    assert [move.exercise for move in one.moved] == ["total"]


def test_a_page_of_a_held_result_stays_as_it_was(graded: Mini, held: Mini) -> None:
    page = ("feedback", "ada", ASSIGNMENT, f"{ASSIGNMENT}.html")

    list(feedback_for(held.course, ASSIGNMENT, ["ada"]))

    # The page names the checks' version by nothing: it would be byte for byte the same.
    assert held.read(*page) == graded.read(*page)


def test_grading_again_asks_nothing_and_says_it_again(
    held: Mini, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mini = held.copy_to(tmp_path / "course")

    told = grade(mini)
    code, out, _err = command(mini, capsys, "grade", ASSIGNMENT)

    assert all(one.unchanged for one in told.values())
    assert code in (0, 1)
    (line,) = [one for one in out.splitlines() if one.startswith("ada: the released")]
    assert "ada: the released 9 points stay; graded anew it gets 8 (total: 2 before" in line
    assert line.endswith("To lower it: autograder regrade a1 --student ada --allow-lower")


def test_a_grades_history_tells_what_was_held(
    held: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = command(held, capsys, "history", ASSIGNMENT, "--student", "ada")

    assert code == 0
    assert "8 of 9 by checks (autograder grade): held, the released result stays with 9" in out
    assert "    total: 2 before, now 1 of 2: of nothing: " in out


def test_regrading_holds_too_and_lowers_where_that_is_allowed(held: Mini, tmp_path: Path) -> None:
    mini = held.copy_to(tmp_path / "course")

    assert regraded(mini, "ada")["ada"].effect is Effect.HELD
    assert (points_by_checks(mini, "ada"), len(held_of(mini))) == (ALL_POINTS, 1)

    assert regraded(mini, "ada", allow_lower=True)["ada"].effect is Effect.LOSES
    assert (points_by_checks(mini, "ada"), held_of(mini)) == (FEWER, [])


def test_a_result_that_no_longer_falls_ends_it(held: Mini, tmp_path: Path) -> None:
    mini = held.copy_to(tmp_path / "course")
    write_checks(mini, OTHER_CHECKS.replace("[:0]", ""))

    grade(mini)

    assert (points_by_checks(mini, "ada"), held_of(mini)) == (ALL_POINTS, [])


def test_the_checks_of_before_end_it_and_run_nothing(held: Mini, tmp_path: Path) -> None:
    mini = held.copy_to(tmp_path / "course")
    write_checks(mini, CHECKS)

    told = grade(mini)

    assert told["ada"].unchanged
    assert told["ada"].graded.held is None
    # What the other checks had given cleo is a result of the same hand-in, and would fall.
    assert held_of(mini) == [("cleo", ALL_POINTS, ALL_POINTS - POINTS["from_list"])]


def test_another_hand_in_with_fewer_points_is_a_result_like_any_other(
    held: Mini, tmp_path: Path
) -> None:
    mini = held.copy_to(tmp_path / "course")
    mini.hand_in("ada", mini.answered(total="def total(m):\n    return 7.0"))

    grade(mini)

    assert points_by_checks(mini, "ada") == ALL_POINTS - POINTS["total"]
    assert held_of(mini) == []


def test_another_hand_in_that_was_not_released_may_fall(course: Mini) -> None:
    write_checks(course, CHECKS)
    course.hand_in("ada", course.answered(total=STRICT_TOTAL + "\n\n\n# Once more."))
    grade(course)
    write_checks(course, OTHER_CHECKS)

    found = regraded(course, "ada")

    assert (found["ada"].effect, held_of(course)) == (Effect.LOSES, [])


def test_points_and_comments_of_a_person_stay_and_hide_what_falls(course: Mini) -> None:
    give(course, "ada", 1.5, "Well argued.")

    found = regraded(course, "ada")

    (move,) = found["ada"].moved
    assert (found["ada"].effect, move.by_hand) == (Effect.SAME, True)
    with opened(course.course.db_url) as gradebook:
        grade_of = gradebook.find_grade("total-checks", ASSIGNMENT, ASSIGNMENT, "ada")
        comment = gradebook.find_comment("total", ASSIGNMENT, ASSIGNMENT, "ada")
        assert (grade_of.manual_score, grade_of.auto_score) == (1.5, 1.0)
        assert comment.manual_comment == "Well argued."


def test_points_and_comments_of_a_person_stay_where_a_grade_falls(course: Mini) -> None:
    with opened(course.course.db_url) as gradebook:
        grade_of = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
        grade_of.manual_score, grade_of.needs_manual_grade = 2.5, False
        gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada").manual_comment = "Good."
        gradebook.db.commit()

    for allow_lower in (False, True):
        regraded(course, "ada", allow_lower=allow_lower)

        with opened(course.course.db_url) as gradebook:
            grade_of = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
            comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada")
            assert (grade_of.manual_score, comment.manual_comment) == (2.5, "Good.")
            assert not grade_of.needs_manual_grade


def test_a_late_penalty_is_of_the_points_that_stand(course: Mini) -> None:
    policy = "from nbgrader.plugins import LateSubmissionPlugin\n\n\n"
    policy += "class Half(LateSubmissionPlugin):\n"
    policy += "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
    policy += "        return score / 2\n"
    (course.root / "half.py").write_text(policy)
    with (course.root / "course_config.py").open("a") as settings:
        settings.write('\nc.AssignLatePenalties.plugin_class = "half.Half"\n')
    for student in ("ada", "ben"):
        stamp = course.submission(student).with_name("timestamp.txt")
        stamp.write_text(f"{datetime.now():%Y-%m-%d %H:%M:%S.%f} UTC")
    with opened(course.course.db_url) as gradebook:
        due = datetime.now() - timedelta(days=2)
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=due)
    mini = Mini(course.root)

    grade(mini)

    in_all = totals(mini.course.db_url, ASSIGNMENT)
    assert in_all["ada"].penalty == ALL_POINTS / 2
    assert in_all["ben"].penalty == FEWER / 2


def test_hints_of_other_mistakes_leave_a_held_result_alone(held: Mini, tmp_path: Path) -> None:
    mini = held.copy_to(tmp_path / "course")
    folder = mini.root / "tests" / "hidden" / ASSIGNMENT / "mistakes" / "total"
    folder.mkdir(parents=True)
    text = '"""Raises.\n\nfails: test_of_nothing\nhint: Is a sum of nothing 0?\n"""\n\n\n'
    (folder / "raises.py").write_text(text + STRICT_TOTAL + "\n")

    grade(mini)

    assert graded_folder(mini, "ada") == graded_folder(held, "ada")
    assert len(held_of(mini)) == 1
    hint = read(mini.course.folder("autograded", "ben", ASSIGNMENT) / CHECKS_FILE)
    assert hint.exercise("total").diagnosis is not None


def test_a_held_result_whose_graded_folder_is_lost_is_put_back(held: Mini, tmp_path: Path) -> None:
    mini = held.copy_to(tmp_path / "course")
    for path in mini.course.folder("autograded", "ada", ASSIGNMENT).iterdir():
        path.unlink()

    regraded(mini, "ada")

    assert points_by_checks(mini, "ada") == ALL_POINTS


def test_without_a_copy_of_the_released_result_nothing_falls(course: Mini) -> None:
    before = graded_folder(course, "ada"), course.scores("ada")
    record = Record(course.course, ASSIGNMENT)
    newest = record.history("ada").newest
    assert newest is not None
    (copy,) = record.folder.rglob(f"{newest.result}.json.gz")
    copy.unlink()

    found = regraded(course, "ada")

    assert found["ada"].effect is Effect.NOT_GRADED
    assert "the record holds no copy of the released result" in str(found["ada"].problem)
    assert (graded_folder(course, "ada"), course.scores("ada")) == before


def test_stock_nbgrader_keeps_a_released_result_and_says_so(course: Mini) -> None:
    before = graded_folder(course, "ada")["checks.json"], points_by_checks(course, "ada")

    done = course.nbgrader("autograde", ASSIGNMENT, "--force")

    said = re.sub(r"\s+", " ", done.stderr)
    assert done.returncode == 0, done.stderr
    assert "ada: the released 9 points stay; graded anew it gets 8" in said
    assert (graded_folder(course, "ada")["checks.json"], points_by_checks(course, "ada")) == before
    assert points_by_checks(course, "ben") == FEWER
    assert held_of(course) == [("ada", ALL_POINTS, FEWER)]
    assert all(one.unchanged for one in grade(course).values())


def test_formgraders_button_keeps_it_too_and_shows_the_line(course: Mini, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()

    with formgrader(course, home) as server:
        told = server.api(f"submission/{ASSIGNMENT}/ada/autograde", "POST")

    assert told["success"]
    assert "ada: the released 9 points stay; graded anew it gets 8" in told["log"]
    assert points_by_checks(course, "ada") == ALL_POINTS
    assert held_of(course) == [("ada", ALL_POINTS, FEWER)]


def test_what_grading_by_other_versions_held_is_not_forgotten(held: Mini, tmp_path: Path) -> None:
    mini = held.copy_to(tmp_path / "course")
    folder = Record(mini.course, ASSIGNMENT).folder
    path = next(path for path in folder.glob("*/history.json") if '"ada"' in path.read_text())
    data = json.loads(path.read_text())
    # As if the versions alone were others, and `grade --new-versions` had found the fall.
    data["entries"][-1]["packed"] = data["held"]["entry"]["packed"]
    data["entries"][-1]["versions"]["python"] = "3.9.0"
    path.write_text(json.dumps(data))

    for new_versions in (False, True):
        told = grade(mini, new_versions=new_versions)

        assert told["ada"].unchanged
        assert told["ada"].graded.held is not None
        assert [name for name, _before, _now in held_of(mini)] == ["ada"]
