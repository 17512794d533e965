"""Hand-ins as they really come, from the files to the gradebook and the page."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.classroom.running import Told
from autograder.hand_in.files import hand_in_code
from autograder.nbgrader_bridge.gradebook import opened, totals
from autograder.results import Reader
from tests.kit.course_maker import ASSIGNMENT, POINTS, WRITTEN, Mini, full_marks
from tests.kit.hand_in.test_written import PNG
from tests.kit.nbgrader_bridge.sample_class import find

ANSWER = "Because a view shares its memory."


def lay(mini: Mini, student: str, name: str, content: bytes) -> None:
    path = mini.root / "submitted" / student / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture(scope="module")
def graded(
    released: Mini, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Mini, dict[str, Told]]:
    mini = released.copy_to(tmp_path_factory.mktemp("hand-ins") / "course")
    work = nbformat.v4.writes_json(mini.answered())
    stub = nbformat.v4.writes_json(mini.released())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as held:
        held.writestr("week 1/a1.ipynb", work)
    lay(mini, "named", "a1/a1 (1).ipynb", work.encode())
    lay(mini, "zipped", "a1/a1.zip", archive.getvalue())
    lay(mini, "deep", "a1/a1/a1.ipynb", work.encode())
    lay(mini, "shallow", "a1.ipynb", work.encode())
    lay(mini, "wide", "a1/a1.ipynb", work.encode("utf-16"))
    lay(mini, "copied", "a1/a1.ipynb", stub.encode())
    lay(mini, "copied", "a1/a1-Copy1.ipynb", work.encode())
    lay(mini, "two", "a1/a1 (1).ipynb", work.encode())
    lay(mini, "two", "a1/a1 (2).ipynb", work.replace("m.T", "m").encode())
    lay(mini, "pdf", "a1/a1.pdf", b"%PDF-1.7")
    beside = json.loads(nbformat.v4.writes_json(mini.answered(**{WRITTEN: ""})))
    released_text = find(mini.released(), WRITTEN).source
    cells = nbformat.from_dict(beside)
    find(cells, WRITTEN).source = released_text
    picture = new_markdown_cell(f"{ANSWER}\n\n![proof.png](attachment:proof.png)")
    picture["attachments"] = {
        "proof.png": {"image/png": PNG},
        "evil.svg": {"image/svg+xml": "<svg onload=alert(1)>"},
    }
    cells.cells.append(picture)
    lay(mini, "beside", "a1/a1.ipynb", nbformat.v4.writes_json(cells).encode())
    silent = mini.answered()
    find(silent, WRITTEN).source = released_text
    mini.hand_in("silent", silent)
    course = mini.course
    students = course.submitted(ASSIGNMENT)
    told = {one.graded.student: one for one in grade_class(course, ASSIGNMENT, students)}
    assert all(problem is None for _, problem in feedback_for(course, ASSIGNMENT, students))
    return mini, told


def said(told: Told, reader: Reader) -> str:
    report = told.graded.report
    assert report is not None
    notes = [note.text for note in report.notes if reader.may_read(note)]
    checks = [c for e in report.exercises for c in e.checks]
    return " ".join([*notes, *(text for c in checks for text in c.said_to(reader))])


def page(mini: Mini, student: str) -> str:
    return mini.read("feedback", student, ASSIGNMENT, f"{ASSIGNMENT}.html")


def by_checks(mini: Mini, student: str) -> dict[str, float | None]:
    return {name: points for name, points in mini.scores(student).items() if name != WRITTEN}


@pytest.mark.parametrize(
    ("student", "file"),
    [
        ("named", "a1 (1).ipynb"),
        ("zipped", "a1.zip/week 1/a1.ipynb"),
        ("deep", "a1/a1.ipynb"),
        ("copied", "a1-Copy1.ipynb"),
    ],
)
def test_a_notebook_that_lies_elsewhere_gets_full_marks_and_its_page_names_it(
    graded: tuple[Mini, dict[str, Told]], student: str, file: str
) -> None:
    mini, told = graded

    assert by_checks(mini, student) == full_marks()
    assert f"Graded: {file}, because" in said(told[student], Reader.STUDENT)
    assert f"Graded: {file}, because" in page(mini, student)


@pytest.mark.parametrize(("student", "file"), [("wide", "a1.ipynb"), ("named", "a1 (1).ipynb")])
def test_the_page_shows_the_code_that_the_student_has_seen(
    graded: tuple[Mini, dict[str, Told]], student: str, file: str
) -> None:
    mini, _told = graded
    raw = (mini.root / "submitted" / student / "a1" / file).read_bytes()

    assert f"{file}, code {hand_in_code(raw)}" in page(mini, student)


def test_in_an_archive_the_code_is_the_notebooks_own(
    graded: tuple[Mini, dict[str, Told]],
) -> None:
    mini, _told = graded
    raw = (mini.root / "submitted" / "named" / "a1" / "a1 (1).ipynb").read_bytes()

    assert f"code {hand_in_code(raw)}" in page(mini, "zipped")


@pytest.mark.parametrize("student", ["shallow", "wide"])
def test_a_notebook_of_the_right_name_gets_full_marks_wherever_and_however_it_is_kept(
    graded: tuple[Mini, dict[str, Told]], student: str
) -> None:
    mini, _told = graded

    assert by_checks(mini, student) == full_marks()


@pytest.mark.parametrize(
    ("student", "words"),
    [("two", "a1 (1).ipynb, a1 (2).ipynb"), ("pdf", "only a1.pdf")],
)
def test_what_cannot_be_told_waits_for_a_person_and_is_no_zero(
    graded: tuple[Mini, dict[str, Told]], student: str, words: str
) -> None:
    mini, told = graded
    scores = mini.scores(student)

    assert scores == dict.fromkeys([*POINTS, WRITTEN])
    assert words in said(told[student], Reader.TA)
    assert totals(mini.course.db_url, ASSIGNMENT)[student].waiting == len(scores)
    assert "A person will look at what was handed in." in page(mini, student)


def test_a_written_answer_beside_its_cell_waits_for_a_person_with_its_picture(
    graded: tuple[Mini, dict[str, Told]],
) -> None:
    mini, told = graded
    shown = page(mini, "beside")

    assert mini.scores("beside")[WRITTEN] is None
    assert "the answer stands in a cell beside it" in said(told["beside"], Reader.TA)
    assert ANSWER in shown
    assert f'src="data:image/png;base64,{PNG}"' in shown
    assert "onload" not in shown
    assert "No response." not in shown


def test_what_is_not_read_yet_is_in_no_total(graded: tuple[Mini, dict[str, Told]]) -> None:
    mini, _told = graded
    all_points = float(sum(POINTS.values()))
    total = totals(mini.course.db_url, ASSIGNMENT)["named"]
    shown = page(mini, "named")

    assert (total.points, total.max_points, total.unread) == (all_points, all_points, 3.0)
    assert f"<h1>a1: {all_points:g} of {all_points:g} points so far</h1>" in shown
    assert f"{WRITTEN} (3 points). A person gives these points; it is not a 0." in shown
    assert shown.count("Not read yet: 3.0 points") == 1
    assert "Score: 0.0 / 3.0" not in shown
    assert "Not read yet" not in page(mini, "silent")


def test_once_it_is_read_the_page_says_what_it_earned(
    graded: tuple[Mini, dict[str, Told]], tmp_path: Path
) -> None:
    read = graded[0].copy_to(tmp_path / "course")
    with opened(read.course.db_url) as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "named")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        gradebook.db.commit()

    assert list(feedback_for(read.course, ASSIGNMENT, ["named"])) == [("named", None)]

    all_points = float(sum(POINTS.values()))
    shown = page(read, "named")
    assert f"<h1>a1: {all_points + 2.5:g} of {all_points + 3:g} points</h1>" in shown
    assert "Not read yet" not in shown


def test_the_untouched_cell_alone_is_no_answer(graded: tuple[Mini, dict[str, Told]]) -> None:
    mini, _told = graded

    assert mini.scores("silent")[WRITTEN] == 0.0
    with opened(mini.course.db_url) as gradebook:
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, "silent")
        assert comment.comment == "No response."


def test_the_files_stay_where_the_students_put_them(graded: tuple[Mini, dict[str, Told]]) -> None:
    mini, _told = graded

    assert (mini.root / "submitted" / "shallow" / "a1.ipynb").is_file()
    assert not (mini.root / "submitted" / "shallow" / ASSIGNMENT).exists()


def test_graded_again_all_of_it_stands(graded: tuple[Mini, dict[str, Told]]) -> None:
    mini, _told = graded
    course = Mini(Path(mini.root)).course

    again = list(grade_class(course, ASSIGNMENT, course.submitted(ASSIGNMENT)))

    assert all(one.unchanged for one in again)
