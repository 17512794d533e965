"""`autograder report` and `autograder stats` as people type them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli.commands import run
from tests.kit.class_maker import graded_class, student_names
from tests.kit.course_maker import ASSIGNMENT, Mini, clean_env


@pytest.fixture(scope="module")
def recorded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    mini = released.copy_to(tmp_path_factory.mktemp("told") / "course")
    graded_class(mini.course, ASSIGNMENT, student_names(3))
    return mini


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    told = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, told.out, told.err


@pytest.mark.parametrize("command", ["report", "stats"])
def test_an_unknown_assignment_is_one_line(
    capsys: pytest.CaptureFixture[str], mini: Mini, command: str
) -> None:
    assert said(capsys, command, "a1x", "--course", mini.root) == (
        2,
        "",
        "There is no assignment named a1x. Did you mean a1?\n",
    )


@pytest.mark.parametrize("command", ["report", "stats"])
def test_where_nothing_is_graded_the_command_that_grades_is_named(
    capsys: pytest.CaptureFixture[str], mini: Mini, command: str
) -> None:
    code, out, err = said(capsys, command, ASSIGNMENT, "--course", mini.root)

    assert (code, out) == (1, "")
    assert err == (
        "Nothing of a1 is graded yet, so there is nothing to report. Grade it first.\n"
        "    autograder grade a1\n"
    )


def test_a_course_without_a_grade_says_so(capsys: pytest.CaptureFixture[str], mini: Mini) -> None:
    code, _, err = said(capsys, "report", "--course", mini.root)

    assert code == 1
    assert err.startswith("No assignment of this course is graded yet")


def test_the_place_of_the_report_is_printed(
    capsys: pytest.CaptureFixture[str], recorded: Mini
) -> None:
    code, out, err = said(capsys, "report", ASSIGNMENT, "--course", recorded.root)

    path = recorded.root / "reports" / "a1.html"
    assert (code, out, err) == (0, f"Report: {path}\n", "")
    assert path.is_file()


def test_csv_and_json_are_all_that_is_printed(
    capsys: pytest.CaptureFixture[str], recorded: Mini
) -> None:
    csv = said(capsys, "stats", ASSIGNMENT, "--csv", "--course", recorded.root)
    data = said(capsys, "stats", ASSIGNMENT, "--json", "--anonymous", "--course", recorded.root)

    assert (csv[0], csv[2]) == (0, "")
    assert csv[1].startswith("student id,")
    assert len(csv[1].splitlines()) == 4
    assert json.loads(data[1])["students"][0]["student id"] == "student 1"


def test_a_report_imports_no_torch(recorded: Mini) -> None:
    program = (
        "import sys\nfrom autograder.cli import main\n"
        f"sys.argv = ['autograder', 'report', '--course', {str(recorded.root)!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('torch' in sys.modules, 'matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=clean_env(),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "False True"
