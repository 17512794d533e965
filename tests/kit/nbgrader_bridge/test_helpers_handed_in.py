"""Modules that students wrote: read where the settings allow it, in the sandbox."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.classroom.running import Told
from autograder.results import Reader
from tests.kit.course_maker import ASSIGNMENT, POINTS, WRITTEN, Mini, full_marks
from tests.kit.nbgrader_bridge.sample_class import find

HELPER = b"def swap(m):\n    return m.T\n"
ANSWER = "from helper import swap\n\n\ndef transpose(m):\n    return swap(m)"
ALLOWED = "\nc.Grading.handed_in_files = ['helper.py', 'lib/*.py']\n"


def lay(mini: Mini, student: str, answer: str, files: dict[str, bytes]) -> None:
    text = nbformat.v4.writes_json(mini.answered(transpose=answer)).encode()
    folder = mini.root / "submitted" / student / ASSIGNMENT
    for name, content in {f"{ASSIGNMENT}.ipynb": text, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def graded(mini: Mini, *students: str) -> dict[str, Told]:
    return {one.graded.student: one for one in grade_class(mini.course, ASSIGNMENT, students)}


def by_checks(mini: Mini, student: str) -> dict[str, float | None]:
    return {name: points for name, points in mini.scores(student).items() if name != WRITTEN}


def notes(told: Told, reader: Reader) -> str:
    report = told.graded.report
    assert report is not None
    return " ".join(note.text for note in report.notes if reader.may_read(note))


@pytest.fixture(scope="module")
def allowing(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    mini = released.copy_to(tmp_path_factory.mktemp("helpers") / "course")
    with (mini.root / "course_config.py").open("a", encoding="utf-8") as file:
        file.write(ALLOWED)
    return Mini(mini.root)


@pytest.fixture(scope="module")
def told(allowing: Mini) -> dict[str, Told]:
    work = allowing.answered(transpose=ANSWER)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as held:
        held.writestr(f"week 1/{ASSIGNMENT}.ipynb", nbformat.v4.writes_json(work))
        held.writestr("week 1/helper.py", HELPER)
        held.writestr("../helper.py", b"raise SystemExit")
    lay(allowing, "beside", ANSWER, {"helper.py": HELPER})
    lay(allowing, "package", ANSWER.replace("helper", "lib.helper"), {"lib/helper.py": HELPER})
    lay(allowing, "unlisted", ANSWER.replace("helper", "mine"), {"mine.py": HELPER})
    lay(allowing, "ending", ANSWER, {"helper.py": b"import os\nos._exit(0)\n"})
    (allowing.root / "submitted" / "zipped" / ASSIGNMENT).mkdir(parents=True)
    (allowing.root / "submitted" / "zipped" / ASSIGNMENT / "a1.zip").write_bytes(archive.getvalue())
    students = ("beside", "package", "unlisted", "ending", "zipped")
    found = graded(allowing, *students)
    assert all(
        problem is None for _, problem in feedback_for(allowing.course, ASSIGNMENT, students)
    )
    return found


@pytest.mark.parametrize("student", ["beside", "package", "zipped"])
def test_an_answer_may_import_a_module_that_lies_beside_it(
    allowing: Mini, told: dict[str, Told], student: str
) -> None:
    assert by_checks(allowing, student) == full_marks()
    assert "Answers could read: " in notes(told[student], Reader.STUDENT)


def test_one_that_is_not_listed_is_not_there_and_the_ta_hears_of_it(
    allowing: Mini, told: dict[str, Told]
) -> None:
    lost = {name for name, points in by_checks(allowing, "unlisted").items() if not points}

    assert lost == {"transpose"}
    assert "not there for answers: mine.py" in notes(told["unlisted"], Reader.TA)
    assert "mine.py" not in notes(told["unlisted"], Reader.STUDENT)
    assert "ModuleNotFoundError" in allowing.read("feedback", "unlisted", ASSIGNMENT, "a1.html")


def test_one_that_ends_the_kernel_costs_its_own_answer_only(
    allowing: Mini, told: dict[str, Told]
) -> None:
    lost = {name for name, points in by_checks(allowing, "ending").items() if not points}

    assert lost == {"transpose"}


def test_without_the_setting_no_module_of_a_students_is_read(mini: Mini) -> None:
    lay(mini, "ada", ANSWER, {"helper.py": HELPER})

    told = graded(mini, "ada")

    assert by_checks(mini, "ada")["transpose"] == 0
    assert "not there for answers: helper.py" in notes(told["ada"], Reader.TA)


def test_a_changed_module_is_graded_again(allowing: Mini, told: dict[str, Told]) -> None:
    path = allowing.root / "submitted" / "beside" / ASSIGNMENT / "helper.py"
    path.write_bytes(HELPER.replace(b"m.T", b"m"))

    graded(allowing, "beside")

    assert by_checks(allowing, "beside")["transpose"] != POINTS["transpose"]


def test_the_versions_are_named_only_where_points_were_lost(mini: Mini, tmp_path: Path) -> None:
    for student, answer in (("right", "def transpose(m):\n    return m.T"), ("wrong", "m = 1")):
        notebook = mini.answered(transpose=answer)
        notebook.metadata["language_info"] = {"name": "python", "version": "3.99.1"}
        find(notebook, "setup").outputs = [
            nbformat.v4.new_output("stream", text="PyTorch 1.0.2+cpu on Python 3.99.1 is ready.\n")
        ]
        mini.hand_in(student, notebook)

    told = graded(mini, "right", "wrong")

    said = "This notebook last ran with Python 3.99 and PyTorch 1.0; it was graded with Python 3."
    assert said in notes(told["wrong"], Reader.STUDENT)
    assert "last ran" not in notes(told["right"], Reader.STUDENT)
