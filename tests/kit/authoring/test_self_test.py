"""Under plain pytest a course's checks find every fixture that grading gives them."""

from __future__ import annotations

import subprocess
import sys

from tests.kit.course_maker import REPOSITORY


def test_plain_pytest_has_every_fixture_of_the_courses_checks() -> None:
    # Plans what each check needs, and runs none.
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "--setup-plan", "-q", "tests/hidden"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout[-2000:]
    assert "fresh" in ran.stdout
