"""What a command imports before it knows what there is to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.classroom.grade import grade_class
from tests.kit.course_maker import ASSIGNMENT, Mini, clean_env

PROGRAM = """
import sys
from autograder.cli import main
sys.argv = ["autograder", *{arguments!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("IMPORTED", *(name for name in {looked_for!r} if name in sys.modules))
"""


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    mini = released.copy_to(tmp_path_factory.mktemp("quick") / "course")
    mini.hand_in("ada", mini.answered())
    assert all(told.graded.report for told in grade_class(mini.course, ASSIGNMENT, ["ada"]))
    return mini


def imported(folder: Path, arguments: list[str], looked_for: list[str]) -> list[str]:
    """Which of these modules a command has imported by its end."""
    program = PROGRAM.format(arguments=arguments, looked_for=looked_for)
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=clean_env(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split("IMPORTED")[1].split()


HEAVY = ["torch", "pytest", "nbconvert", "IPython", "jupyter_server", "rfc3987_syntax.syntax"]


@pytest.mark.parametrize("arguments", [["grade", ASSIGNMENT], ["feedback", ASSIGNMENT]])
def test_a_class_that_stands_needs_no_torch(graded: Mini, arguments: list[str]) -> None:
    imported(graded.root, arguments, [])  # Pages are made, the first time.

    assert imported(graded.root, arguments, HEAVY) == []


def test_help_imports_nothing_of_nbgrader(graded: Mini) -> None:
    assert imported(graded.root, ["--help"], [*HEAVY, "nbgrader", "sqlalchemy", "numpy"]) == []


def test_settings_are_shown_without_a_gradebook(graded: Mini) -> None:
    assert imported(graded.root, ["settings"], [*HEAVY, "sqlalchemy", "numpy"]) == []
