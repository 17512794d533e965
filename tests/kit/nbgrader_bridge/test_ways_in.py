"""The ways nbgrader is started, its switches, and the points where our settings are missing."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.classroom.grade import grade_one
from autograder.course.course import open_course
from autograder.course.packed import pack
from autograder.errors import SettingsProblem
from autograder.nbgrader_bridge.graded import OUR_EXECUTE, require_our_steps
from autograder.settings.load import from_config
from tests.kit.course_maker import (
    ASSIGNMENT,
    POINTS,
    REPOSITORY,
    WRITTEN,
    Mini,
    clean_env,
    full_marks,
)
from tests.kit.nbgrader_bridge.sample_class import skip_and_type_results_in

# What an instructor has who forgot the kit's settings: nbgrader's own defaults.
STOCK_SETTINGS = """
import os
c = get_config()
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
c.CourseDirectory.course_id = "pytorch"
"""


@dataclass(frozen=True)
class Started:
    """A stock command that has ended, and the course that it worked on."""

    mini: Mini
    status: int
    said: str


def load(mini: Mini) -> Config:
    return PyFileConfigLoader("nbgrader_config.py", path=str(mini.root)).load_config()


def exercises(mini: Mini, student: str) -> Mapping[str, float | None]:
    return {name: score for name, score in mini.scores(student).items() if name != WRITTEN}


def hand_in_two(mini: Mini) -> Mini:
    """One right submission, and a stub that has all that stock nbgrader falls for."""
    mini.hand_in("right", mini.answered())
    stub = mini.released()
    skip_and_type_results_in(stub)
    mini.hand_in("stub", stub)
    return mini


@pytest.fixture(scope="module")
def started(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Started]:
    """nbgrader's command in three ways at once; each takes some seconds to start."""
    folder = tmp_path_factory.mktemp("ways")
    command = [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT, "--force"]
    ways: dict[str, tuple[list[str], Path]] = {
        "unguarded": ([], folder / "unguarded"),
        "no_execute": (["--no-execute"], folder / "no_execute"),
        "elsewhere": ([f"--course-dir={folder / 'elsewhere'}"], folder),
    }
    running = {}
    for name, (more, cwd) in ways.items():
        mini = hand_in_two(released.copy_to(folder / name))
        if name == "unguarded":
            # With the tag skip-execution nothing can keep stock nbgrader from giving points.
            mini.hand_in("stub", mini.released())
            (mini.root / "nbgrader_config.py").write_text(STOCK_SETTINGS)
            (mini.root / "course_config.py").rename(mini.root / "forgotten.py")
        process = subprocess.Popen(
            [*command, *more],
            cwd=cwd,
            env=clean_env(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running[name] = mini, process
    results = {}
    for name, (mini, process) in running.items():
        said, _ = process.communicate(timeout=240)
        results[name] = Started(mini, process.returncode, said)
    # The gradebook is looked at through the kit's settings.
    unguarded = results["unguarded"].mini.root
    (unguarded / "forgotten.py").rename(unguarded / "course_config.py")
    return results


def test_without_our_settings_nobody_gets_points(started: dict[str, Started]) -> None:
    ran = started["unguarded"]

    assert ran.status == 0, ran.said
    for student in ("right", "stub"):
        assert exercises(ran.mini, student) == dict.fromkeys(POINTS, 0.0)


def test_no_execute_is_refused_with_a_reason_and_gives_nobody_points(
    started: dict[str, Started],
) -> None:
    ran = started["no_execute"]

    assert ran.status == 1
    assert "Execute.enabled is False (or --no-execute was given)" in ran.said
    for student in ("right", "stub"):
        assert not any(exercises(ran.mini, student).values())


def test_a_course_named_from_elsewhere_is_graded_by_us(started: dict[str, Started]) -> None:
    ran = started["elsewhere"]

    assert ran.status == 0, ran.said
    assert exercises(ran.mini, "right") == full_marks()
    assert exercises(ran.mini, "stub") == dict.fromkeys(POINTS, 0.0)


@pytest.fixture
def grade_by_api(
    monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> Callable[..., dict[str, Any]]:
    """nbgrader's Python API with a configuration: it works in the current folder."""

    def grade(mini: Mini, config: Config, student: str) -> dict[str, Any]:
        monkeypatch.chdir(mini.root)
        result: dict[str, Any] = NbGraderAPI(config=config).autograde(ASSIGNMENT, student)
        return result

    return grade


@pytest.mark.parametrize("section", ["SandboxedExecute", "Execute", "ExecutePreprocessor"])
def test_a_switch_gives_nobody_points(
    mini: Mini, grade_by_api: Callable[..., dict[str, Any]], section: str
) -> None:
    hand_in_two(mini)
    config = load(mini)
    config[section].enabled = False

    result = grade_by_api(mini, config, "stub")

    assert result["success"] is False
    assert f"{section}.enabled is False" in result["log"]
    assert not any(exercises(mini, "stub").values())


def test_no_other_step_can_be_switched_off(
    mini: Mini, grade_by_api: Callable[..., dict[str, Any]]
) -> None:
    hand_in_two(mini)
    config = load(mini)
    for step in ("Normalize", "JudgeReport", "SaveGrades", "HideGuard"):
        config[step].enabled = False

    result = grade_by_api(mini, config, "stub")

    assert result["success"] is True, result
    assert exercises(mini, "stub") == dict.fromkeys(POINTS, 0.0)


def test_the_api_grades_as_we_do_also_where_a_loop_runs(
    mini: Mini, grade_by_api: Callable[..., dict[str, Any]]
) -> None:
    """Formgrader calls it in the server's event loop."""
    hand_in_two(mini)

    async def press_the_button() -> dict[str, Any]:
        return grade_by_api(mini, load(mini), "right")

    result = asyncio.run(press_the_button())

    assert result["success"] is True, result
    assert exercises(mini, "right") == full_marks()


def test_settings_that_would_not_grade_by_us_are_refused(mini: Mini) -> None:
    config = load(mini)
    del config.Autograde["autograde_preprocessors"]
    course = open_course(from_config(config, mini.root))
    mini.hand_in("right", mini.answered())

    with pytest.raises(SettingsProblem, match="does not name the kit's SandboxedExecute"):
        grade_one(course, ASSIGNMENT, "right")


def test_the_shipped_settings_name_our_steps_in_an_order_that_is_safe(mini: Mini) -> None:
    config = load(mini)
    first = [name.rpartition(".")[2] for name in config.Autograde.sanitize_preprocessors]
    then = [name.rpartition(".")[2] for name in config.Autograde.autograde_preprocessors]

    require_our_steps(mini.course)

    assert first[0] == "Normalize"
    assert OUR_EXECUTE in config.Autograde.autograde_preprocessors
    assert "Execute" not in then
    assert then.index("JudgeReport") < then.index("SaveGrades") < then.index("LatePenalties")
    assert "SaveAutoGrades" not in then


def test_settings_loaded_again_double_nothing(mini: Mini) -> None:
    once, twice = load(mini), load(mini)
    twice.merge(load(mini))

    assert twice == once


def test_the_shipped_settings_keep_formgraders_pages_working(mini: Mini) -> None:
    config = load(mini)

    assert "template_name" not in config.HTMLExporter
    assert not [name for name in config.HTMLExporter if name.startswith("extra_template")]
    assert "timeout=60" in config.CourseDirectory.db_url
    assert "checks.json" in config.CourseDirectory.ignore


def test_the_settings_run_without_importing_anything_heavy() -> None:
    code = (
        "import sys\nfrom traitlets.config.loader import PyFileConfigLoader\n"
        "PyFileConfigLoader('nbgrader_config.py', path=sys.argv[1]).load_config()\n"
        "print(sorted({'torch', 'numpy', 'nbgrader', 'autograder'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(REPOSITORY)],
        cwd=os.sep,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "[]\n"


def test_what_is_judged_by_changes_with_a_setting(mini: Mini) -> None:
    """Formgrader reads the settings again on every request, in one process."""
    before = pack(mini.course, ASSIGNMENT)
    config = load(mini)
    config.Grading.minimum_accuracy = 0.5
    changed = open_course(from_config(config, mini.root))

    after = pack(changed, ASSIGNMENT)

    assert pack(mini.course, ASSIGNMENT).key == before.key != after.key
    assert (before.facts.minimum_accuracy, after.facts.minimum_accuracy) == (0.7, 0.5)
