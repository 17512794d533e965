"""`autograder mark`: everybody's answer to one question in one sheet, and the marks taken back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.cli.commands import run
from autograder.course.course import open_course
from autograder.course.lock import writing
from autograder.course.rubrics import read_rubric, rubric_files
from autograder.course.snapshots import snapshots
from autograder.hand_in.cells import grade_id
from autograder.handout.release import ReleaseFailed, build
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.prepared import Prepared
from autograder.nbgrader_bridge.undoing import restored
from autograder.review.answers import Answers, State, answers_of, question_of
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, MARK_SCHEME, WRITTEN, Mini
from tests.kit.nbgrader_bridge.formgrader_server import formgrader
from tests.kit.nbgrader_bridge.sample_class import EVIL, HOSTILE_MARKDOWN, find

REPOSITORY = Path(__file__).parents[3]
REAL = open_course(load(REPOSITORY))
RUBRIC = """
[memory]
points = 1.5
says = "You name the memory."

[view]
points = 1
says = "You call it a view."

[no-view]
points = 0
says = "What is missing: is it a view?"
"""
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+"
    "M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SAID = {
    "ada": "Because of the memory.",
    "ben": '=1+1 it is\na view; and "more".',
    "mallory": f"{HOSTILE_MARKDOWN}\n\n{'wide' * 200}",
}


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """Answers of every kind, graded. Not to be changed: copy it."""
    mini = released.copy_to(tmp_path_factory.mktemp("marking") / "course")
    for student, words in SAID.items():
        mini.hand_in(student, mini.answered(**{WRITTEN: words}))
    silent = mini.answered()
    find(silent, WRITTEN).source = find(mini.released(), WRITTEN).source
    mini.hand_in("silent", silent)
    beside = mini.answered()
    find(beside, WRITTEN).source = find(mini.released(), WRITTEN).source
    pasted = new_markdown_cell("Beside: it shares the memory. ![drawn](attachment:p.png)")
    pasted["attachments"] = {"p.png": {"image/png": DOT}}
    beside.cells.append(pasted)
    mini.hand_in("zora", beside)
    mini.hand_in("broken", b"My laptop broke.")
    list(grade_class(mini.course, ASSIGNMENT, mini.course.submitted(ASSIGNMENT)))
    return mini


@pytest.fixture
def course(graded: Mini, tmp_path: Path) -> Mini:
    mini = graded.copy_to(tmp_path / "marked")
    write_rubric(mini, RUBRIC)
    return mini


def write_rubric(mini: Mini, text: str) -> None:
    path = mini.course.checks_folder(ASSIGNMENT) / "rubrics" / f"{WRITTEN}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def mark(
    mini: Mini, capsys: pytest.CaptureFixture[str], *arguments: str | Path, question: str = WRITTEN
) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        run(["mark", ASSIGNMENT, question, *map(str, arguments), "--course", str(mini.root)])
    told = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, told.out + told.err


def sheet_of(mini: Mini) -> Path:
    return mini.root / "reports" / "marking" / ASSIGNMENT / f"{WRITTEN}.csv"


def page_of(mini: Mini) -> str:
    return sheet_of(mini).with_suffix(".html").read_text(encoding="utf-8")


def rows_of(mini: Mini) -> list[dict[str, str]]:
    text = sheet_of(mini).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def found(mini: Mini) -> Answers:
    return answers_of(mini.course, question_of(mini.course, ASSIGNMENT, WRITTEN))


def id_of(mini: Mini, student: str) -> str:
    return next(answer.id for answer in found(mini).answers if answer.student == student)


def fill(mini: Mini, **given: Mapping[str, str]) -> Path:
    """Fills in the sheet as a person does, by student."""
    rows = rows_of(mini)
    by_id = {id_of(mini, student): filled for student, filled in given.items()}
    held = io.StringIO()
    writer = csv.DictWriter(held, list(rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, **by_id.get(row["id"], {})})
    sheet_of(mini).write_text(held.getvalue(), encoding="utf-8", newline="")
    return sheet_of(mini)


def marked(mini: Mini, student: str) -> tuple[float | None, str, bool]:
    """The manual score and comment in the gradebook, and whether somebody has to look."""
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, student)
        comment = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, student)
        return grade.manual_score, comment.manual_comment or "", bool(grade.needs_manual_grade)


def everything(mini: Mini) -> dict[str, tuple[float | None, str, bool]]:
    return {answer.student: marked(mini, answer.student) for answer in found(mini).answers}


def in_formgrader(mini: Mini, student: str, points: float, comment: str = "") -> None:
    """As Formgrader saves a score."""
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        if comment:
            one = gradebook.find_comment(WRITTEN, ASSIGNMENT, ASSIGNMENT, student)
            one.manual_comment = comment
        gradebook.db.commit()


def test_a_sheet_has_everybodys_answer_without_a_name(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = mark(course, capsys)

    rows = rows_of(course)
    assert code == 0
    assert "a1, why: 4 to mark, 1 unanswered" in said
    assert "Waiting for a person as a whole, so not among them: 1." in said
    assert sorted(row["state"] for row in rows) == ["to mark"] * 4 + ["unanswered"]
    text = sheet_of(course).read_text("utf-8") + page_of(course)
    for student in (*SAID, "silent", "zora", "broken"):
        assert not re.search(rf"\b{student}\b", text), student
    assert any("Beside: it shares the memory." in row["answer"] for row in rows)
    assert f"data:image/png;base64,{DOT}" in page_of(course)


def test_the_order_stays_and_is_not_the_rosters(course: Mini, tmp_path: Path) -> None:
    ids = [answer.id for answer in found(course).answers]
    students = [answer.student for answer in found(course).answers]
    moved = course.copy_to(tmp_path / "elsewhere")

    assert [answer.id for answer in found(moved).answers] == ids == sorted(ids)
    assert students != sorted(students)
    assert all(re.fullmatch(r"[b-z]{5}-[b-z]{5}", one) for one in ids)


def test_an_id_is_of_this_courses_secret(course: Mini, tmp_path: Path) -> None:
    other = course.copy_to(tmp_path / "other")
    (other.root / ".autograder" / "seeds" / ASSIGNMENT).write_text("ab" * 32)

    ours = {answer.id for answer in found(course).answers}

    assert ours & {answer.id for answer in found(other).answers} == set()


def test_the_kit_says_whose_answer_an_id_is(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mark(course, capsys, "--who", id_of(course, "zora")) == (0, "zora\n")
    assert mark(course, capsys, "--who", "bbbbb-bbbbb") == (
        2,
        "No answer to why of a1 has this id.\n",
    )


def test_no_cell_of_a_sheet_computes(course: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    in_formgrader(course, "ben", 1.0, "=SUM(A1)\nand more")
    mark(course, capsys)

    cells = [cell for row in rows_of(course) for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(("=", "@", "+"))] == []
    code, said = mark(course, capsys, "--from", sheet_of(course))
    assert (code, said) == (0, "0 marked, 5 unchanged, 3 still to mark\n")


def test_keys_points_and_comments_become_nbgraders_own(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    sheet = fill(
        course,
        ada={"keys": "memory no-view"},
        ben={"keys": "view", "points": "1.5", "comment": "Nearly, and well said."},
        zora={"points": "3"},
    )

    code, said = mark(course, capsys, "--from", sheet)

    assert (code, said) == (0, "3 marked, 2 unchanged, 1 still to mark\n")
    assert marked(course, "ada") == (
        1.5,
        "You name the memory.\n\nWhat is missing: is it a view?",
        False,
    )
    assert marked(course, "ben") == (1.5, "You call it a view.\n\nNearly, and well said.", False)
    assert marked(course, "zora") == (3.0, "", False)
    assert marked(course, "mallory") == (None, "", True)


def test_a_comment_alone_gives_no_points(course: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    mark(course, capsys)
    code, said = mark(course, capsys, "--from", fill(course, ada={"comment": "To be discussed."}))

    assert (code, said) == (0, "0 marked, 1 without points, 4 unchanged, 4 still to mark\n")
    assert marked(course, "ada") == (None, "To be discussed.", True)


def test_a_sheet_taken_twice_changes_nothing_the_second_time(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    sheet = fill(course, ada={"keys": "memory"})
    mark(course, capsys, "--from", sheet)
    before = everything(course)

    assert mark(course, capsys, "--from", sheet) == (
        0,
        "0 marked, 5 unchanged, 3 still to mark\n",
    )
    assert everything(course) == before


def test_what_a_row_was_given_is_shown_again_and_can_be_changed_and_taken_away(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory", "comment": "Well said."}))
    mark(course, capsys)
    row = next(row for row in rows_of(course) if row["id"] == id_of(course, "ada"))
    assert (row["state"], row["given"]) == ("marked", "1.5 of 3")
    assert (row["keys"], row["points"], row["comment"]) == ("memory", "", "Well said.")

    empty = {"keys": "", "points": "", "comment": ""}
    code, _said = mark(course, capsys, "--from", fill(course, ada=empty))

    assert code == 0
    assert marked(course, "ada") == (None, "", True)


def _as_excel(text: str) -> bytes:
    """German Excel's "CSV UTF-8": semicolons, decimal commas, a mark, Windows' ends of lines."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";", lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([re.sub(r"^([0-9])\.([0-9])$", r"\1,\2", cell) for cell in row])
    return held.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(
    "saved",
    [
        _as_excel,
        lambda text: text.encode("cp1252"),
        lambda text: b"sep=,\r\n" + text.encode(),
        lambda text: text.replace("\r\n", "\n").encode() + b"\n,,,,,,,\n\n",
        lambda text: text.encode("utf-16"),
        lambda text: b"\n".join(b"\t".join(r) for r in _cells(text)),
    ],
)
def test_a_sheet_is_read_as_spreadsheets_save_it(
    course: Mini, capsys: pytest.CaptureFixture[str], saved: Callable[[str], bytes]
) -> None:
    in_formgrader(course, "zora", 1.25, "Schön,\nand more")
    mark(course, capsys)
    sheet = fill(course, ada={"points": "2.5", "comment": "Größer; als"})
    sheet.write_bytes(saved(sheet.read_bytes().decode("utf-8")))

    code, said = mark(course, capsys, "--from", sheet)

    assert (code, said) == (0, "1 marked, 4 unchanged, 2 still to mark\n")
    assert marked(course, "ada") == (2.5, "Größer; als", False)
    assert marked(course, "zora") == (1.25, "Schön,\nand more", False)


def _cells(text: str) -> list[list[bytes]]:
    rows = csv.reader(io.StringIO(text, newline=""))
    return [[f'"{cell.replace(chr(34), chr(34) * 2)}"'.encode() for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("filled", "why"),
    [
        ({"id": "bcdfg-hjklm"}, "no answer has this id"),
        ({"id": "=cmd\x1b[31m"}, "no answer has this id"),
        ({"keys": "memori"}, "Did you mean memory?"),
        ({"keys": "c1"}, "There is no line of the rubric or earlier comment named c1."),
        ({"keys": "memory, memory"}, "memory is chosen twice"),
        ({"points": "4"}, "its points are 4, and 0 to 3 are possible"),
        ({"points": "-1"}, "its points are -1, and 0 to 3 are possible"),
        ({"points": "two"}, "its points are 'two', which is not a number"),
        ({"points": "nan"}, "its points are 'nan', which is not a number"),
        ({"points": "1e3"}, "its points are '1e3', which is not a number"),
        ({"keys": "memory", "version": ""}, "its version is gone"),
    ],
)
def test_a_row_that_is_wrong_is_one_line_and_nothing_is_written(
    course: Mini, capsys: pytest.CaptureFixture[str], filled: Mapping[str, str], why: str
) -> None:
    mark(course, capsys)
    before = everything(course)
    sheet = fill(course, ada=filled, ben={"keys": "memory"})

    code, said = mark(course, capsys, "--from", sheet)

    lines = said.splitlines()
    assert code == 2
    assert lines[0] == f"1 row of {sheet} cannot be taken, so nothing was written:"
    assert re.match(r"    line [0-9]+ \([^)]*\): ", lines[1])
    assert why in lines[1]
    assert len(lines) == 3
    assert "\x1b" not in said
    assert everything(course) == before


def test_every_row_that_is_wrong_is_told(course: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    mark(course, capsys)
    sheet = fill(course, ada={"points": "9"}, ben={"keys": "x"}, zora={"keys": "memory view"})
    text = sheet.read_text("utf-8")
    sheet.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")

    code, said = mark(course, capsys, "--from", sheet)

    assert code == 2
    assert said.startswith("3 rows of ")
    assert "stands in line 2 already" in said
    assert marked(course, "zora") == (None, "", True)


def test_lines_that_make_more_than_all_points_are_named(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    write_rubric(course, RUBRIC.replace("1.5", "2.5"))
    mark(course, capsys)
    _code, said = mark(course, capsys, "--from", fill(course, ada={"keys": "memory view"}))

    assert "memory view makes 3.5 points, and 0 to 3 are possible" in said


def test_an_answer_that_has_changed_since_is_told_and_comes_back_to_be_marked(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))
    mark(course, capsys)
    course.hand_in("ada", course.answered(**{WRITTEN: "Another thought."}))
    assert "Handed in again, here with an earlier answer: 1." in mark(course, capsys)[1]
    list(grade_class(course.course, ASSIGNMENT, ["ada"]))

    code, said = mark(course, capsys, "--from", fill(course, ada={"keys": "view"}))

    assert code == 2
    assert "the answer has changed since the sheet was written: read it again" in said
    assert marked(course, "ada") == (1.5, "You name the memory.", True)
    sheet_of(course).unlink()
    mark(course, capsys)
    row = next(row for row in rows_of(course) if row["id"] == id_of(course, "ada"))
    assert (row["state"], row["given"], row["keys"]) == (
        "changed since it was marked",
        "1.5 of 3",
        "",
    )
    assert mark(course, capsys, "--from", fill(course, ada={"keys": "view"}))[0] == 0
    assert marked(course, "ada") == (1.0, "You call it a view.", False)


def test_what_is_marked_does_not_wait_again_after_a_regrade(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))

    list(grade_class(course.course, ASSIGNMENT, ["ada"], force=True))

    assert marked(course, "ada") == (1.5, "You name the memory.", False)
    assert [answer.student for answer in found(course).of(State.MARKED)] == ["ada"]


def test_what_somebody_has_marked_since_is_told(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    sheet = fill(course, ada={"keys": "view"})
    in_formgrader(course, "ada", 3.0)

    code, said = mark(course, capsys, "--from", sheet)

    assert code == 2
    assert "somebody has marked it since the sheet was written" in said
    assert marked(course, "ada") == (3.0, "", False)


def test_a_row_that_was_taken_stays_quiet_when_it_is_overruled(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))
    in_formgrader(course, "ada", 0.5)

    code, said = mark(course, capsys, "--from", fill(course, ben={"keys": "view"}))

    assert (code, said) == (0, "1 marked, 4 unchanged, 2 still to mark\n")
    assert marked(course, "ada") == (0.5, "You name the memory.", False)
    assert mark(course, capsys)[0] == 0
    row = next(row for row in rows_of(course) if row["id"] == id_of(course, "ada"))
    assert (row["state"], row["keys"], row["points"]) == ("marked in Formgrader", "", "0.5")


def test_a_changed_answer_may_be_given_what_the_one_before_had(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))
    course.hand_in("ada", course.answered(**{WRITTEN: "Another thought."}))
    list(grade_class(course.course, ASSIGNMENT, ["ada"]))
    assert mark(course, capsys)[0] == 0

    code, said = mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))

    assert (code, said) == (0, "1 marked, 4 unchanged, 3 still to mark\n")
    assert marked(course, "ada") == (1.5, "You name the memory.", False)


def test_an_unchanged_row_leaves_what_formgrader_has_saved_since(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    in_formgrader(course, "ada", 3.0, "Well!")

    code, _said = mark(course, capsys, "--from", sheet_of(course))

    assert code == 0
    assert marked(course, "ada") == (3.0, "Well!", False)


def test_marks_that_nobody_has_taken_are_not_written_over(
    course: Mini, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    mark(course, capsys)
    filled = fill(course, ada={"keys": "memory"}).read_bytes()

    code, said = mark(course, capsys)

    assert code == 2
    assert "holds 1 row that nobody has taken yet. It was left as it is." in said
    assert f"autograder mark a1 why --from {sheet_of(course)}" in said
    assert sheet_of(course).read_bytes() == filled
    assert mark(course, capsys, "--to", tmp_path / "other")[0] == 0
    mark(course, capsys, "--from", sheet_of(course))
    assert mark(course, capsys)[0] == 0


def test_another_file_of_that_name_is_not_written_over(
    course: Mini, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / f"{WRITTEN}.csv").write_text("My own notes")

    code, said = mark(course, capsys, "--to", tmp_path)

    assert code == 2
    assert "is not a sheet of marks. It was left as it is." in said
    assert (tmp_path / f"{WRITTEN}.csv").read_text() == "My own notes"


def test_a_comment_can_be_chosen_again_by_its_key(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(
        course,
        capsys,
        "--from",
        fill(course, ada={"points": "1", "comment": "See *chapter 3*."}, ben={"comment": "Hm."}),
    )
    mark(course, capsys)
    keys = re.findall(r"<code>(c[0-9])</code>", page_of(course))
    assert keys == ["c1", "c2"]
    number = 1 + ("Hm." in page_of(course).split("<code>c2</code>")[0].split("<code>c1</code>")[1])
    key = f"c{number}"

    code, _said = mark(course, capsys, "--from", fill(course, zora={"keys": f"view;{key.upper()}"}))

    assert code == 0
    assert marked(course, "zora") == (1.0, "You call it a view.\n\nSee *chapter 3*.", False)


def test_a_changed_line_of_the_rubric_changes_everybody_who_has_it(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    sheet = fill(
        course,
        ada={"keys": "memory", "comment": "Good."},
        ben={"keys": "memory"},
        zora={"keys": "memory", "points": "3"},
        mallory={"keys": "view"},
    )
    mark(course, capsys, "--from", sheet)
    in_formgrader(course, "ben", 0.5)
    changed = RUBRIC.replace("1.5", "2").replace("You name the memory", "You see the memory")
    write_rubric(course, changed)
    before = everything(course)

    _, told = mark(course, capsys)
    assert "memory: 1.5 points before, now 2, another sentence." in told
    assert "2 answers have it: autograder mark a1 why --renew" in told
    assert everything(course) == before
    code, said = mark(course, capsys, "--renew")

    assert code == 0
    assert "memory: 1.5 points before, now 2, another sentence." in said
    held = f"{id_of(course, 'ben')} stays at 0.5 points: somebody has changed it in Formgrader"
    assert held in said
    assert "2 renewed, 3 unchanged, 0 still to mark" in said
    assert marked(course, "ada") == (2.0, "You see the memory.\n\nGood.", False)
    assert marked(course, "zora") == (3.0, "You see the memory.", False)
    assert marked(course, "ben") == (0.5, "You name the memory.", False)
    assert marked(course, "mallory") == before["mallory"]
    assert "0 renewed" in mark(course, capsys, "--renew")[1]


def test_a_line_that_is_gone_stays_where_it_was_given(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory view"}))
    write_rubric(course, '[view]\npoints = 0.5\nsays = "A view."\n')

    code, said = mark(course, capsys, "--renew")

    assert code == 0
    assert "memory is not in the rubric any more: 1 answer keeps it." in said
    assert marked(course, "ada") == (2.0, "You name the memory.\n\nA view.", False)


def test_what_waits_because_it_has_changed_waits_after_a_renewal_too(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))
    course.hand_in("ada", course.answered(**{WRITTEN: "Another thought."}))
    list(grade_class(course.course, ASSIGNMENT, ["ada"]))
    write_rubric(course, RUBRIC.replace("1.5", "2"))

    code, said = mark(course, capsys, "--renew")

    assert code == 0
    assert "1 renewed, 4 unchanged, 4 still to mark" in said
    assert marked(course, "ada") == (2.0, "You name the memory.", True)


def test_after_stock_nbgrader_it_is_the_same(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    before = [(answer.id, answer.version) for answer in found(course).answers]
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))

    done = course.nbgrader("autograde", ASSIGNMENT, "--force")

    assert done.returncode == 0, done.stdout + done.stderr
    after = found(course)
    assert [answer.id for answer in after.answers] == [one for one, _ in before]
    assert [answer.student for answer in after.of(State.MARKED)] == ["ada"]
    assert len(after.of(State.WAITS)) == 3


def test_a_rubric_that_would_give_more_than_all_points_changes_nothing(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory view"}))
    write_rubric(course, RUBRIC.replace("1.5", "2.5"))
    before = everything(course)

    code, said = mark(course, capsys, "--renew")

    assert code == 2
    assert f"{id_of(course, 'ada')}: memory view makes 3.5 points" in said
    assert everything(course) == before


def test_a_kill_before_the_gradebook_is_written_leaves_what_was_there(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))
    with opened(course.course.db_url) as gradebook:
        kept = gradebook.find_grade(WRITTEN, ASSIGNMENT, ASSIGNMENT, "ada").manual_score
    mark(course, capsys)
    sheet = fill(course, ada={"keys": "view"})
    mark(course, capsys, "--from", sheet)
    # As if the last command had written what was chosen, and no more.
    in_formgrader(course, "ada", kept, "You name the memory.")

    (ada,) = [answer for answer in found(course).answers if answer.student == "ada"]

    assert (ada.state, ada.choice.keys) == (State.MARKED, ("memory",))
    assert mark(course, capsys, "--from", sheet)[0] == 0
    assert marked(course, "ada") == (1.0, "You call it a view.", False)


def test_undo_puts_the_chosen_keys_back_with_the_gradebook(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "view"}))

    with writing(course.course, "undoing"):
        restored(course.course, snapshots(course.course)[-2].number)

    (ada,) = found(course).of(State.MARKED)
    assert (ada.student, ada.choice.keys) == ("ada", ("memory",))
    assert marked(course, "ada") == (1.5, "You name the memory.", False)


def test_a_student_reads_the_sentences_on_the_page(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    list(feedback_for(course.course, ASSIGNMENT, ["ada"]))
    _, said = mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))
    list(feedback_for(course.course, ASSIGNMENT, ["ada"]))

    assert "older than these marks: autograder feedback a1" in said
    page = course.read("feedback", "ada", ASSIGNMENT, f"{ASSIGNMENT}.html")
    assert "You name the memory." in page
    assert "Not read yet" not in page


def test_a_late_penalty_follows_the_marks(course: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    (course.root / "half.py").write_text(
        "from nbgrader.plugins import LateSubmissionPlugin\n\n\n"
        "class Half(LateSubmissionPlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n"
        "        return score / 2\n"
    )
    with (course.root / "course_config.py").open("a", encoding="utf-8") as file:
        file.write("\nc.AssignLatePenalties.plugin_class = 'half.Half'\n")
    mini = Mini(course.root)
    with opened(mini.course.db_url) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-01-01")
        submission = gradebook.find_submission(ASSIGNMENT, "ada")
        submission.timestamp = submission.assignment.duedate.replace(month=2)
        gradebook.db.commit()
    mark(mini, capsys)
    mark(mini, capsys, "--from", fill(mini, ada={"points": "3"}))

    with opened(mini.course.db_url) as gradebook:
        submission = gradebook.find_submission(ASSIGNMENT, "ada")
        assert submission.late_submission_penalty == submission.score / 2 == 6.0


def test_nothing_of_a_students_runs_in_the_page(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(course, capsys)
    page = page_of(course)

    parsed = BeautifulSoup(page, "html.parser")
    attributes = [
        f"{tag.name} {name}={value}"
        for tag in parsed.find_all(True)
        for name, value in tag.attrs.items()
        if not (tag.name == "a" and str(value).startswith("http"))
    ]
    assert [text for text in attributes if "owned" in text or EVIL in text] == []
    forbidden = ["script", "iframe", "svg", "object", "embed", "form", "link", "base"]
    assert parsed.find_all(forbidden) == []
    assert "window.owned" in parsed.text
    assert MARK_SCHEME in page
    assert '<html lang="en">' in page


def test_before_anybody_has_handed_in_there_is_an_empty_sheet(
    mini: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = mark(mini, capsys)

    assert code == 0
    assert said.startswith("a1, why: no answers yet\n")
    assert (rows_of(mini), "There is no answer yet." in page_of(mini)) == ([], True)
    assert mark(mini, capsys, "--from", sheet_of(mini)) == (
        0,
        "0 marked, 0 unchanged, 0 still to mark\n",
    )
    assert mark(mini, capsys, "--renew")[0] == 0


def test_before_anything_is_built_the_source_says_what_is_asked(
    mini: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    (mini.root / "gradebook.db").unlink()

    assert mark(mini, capsys)[0] == 0
    assert not (mini.root / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("wy", "There is no question named wy in a1. Did you mean why?"),
        ("xyz", "There is no question named xyz in a1. There is: why."),
        ("transpose", "transpose is graded by checks, so there is nothing to mark."),
        ("transpose-checks", "Points that you give it in Formgrader count in their place."),
    ],
)
def test_what_nobody_marks_is_one_line(
    mini: Mini, capsys: pytest.CaptureFixture[str], question: str, words: str
) -> None:
    code, said = mark(mini, capsys, question=question)

    assert code == 2
    assert words in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "is not there: it holds the marks."),
        (b"", "has no column id."),
        (b"\x89PNG\r\n\0\0\0", "is not a text file."),
        (b"PK\x03\x04", "is a workbook, not CSV."),
        (b"id,keys,points,version\nx,y,1,z\n", "has no column comment."),
        (b'id,keys,points,comment,version\n"x"y,1\n', "cannot be read as CSV"),
        (b"id,keys,points,comment,version\nx,,,,\n", "none of its ids is that of an answer"),
    ],
)
def test_a_file_that_is_not_a_sheet_is_told(
    course: Mini, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str
) -> None:
    sheet = course.root / "marks.csv"
    if content is not None:
        sheet.write_bytes(content)

    code, said = mark(course, capsys, "--from", sheet)

    assert code == 2
    assert words in said
    assert len(said.splitlines()) <= 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[a", "it is not TOML"),
        ("[Key]\npoints = 1\nsays = 'x'", "the key 'Key'"),
        ("[c1]\npoints = 1\nsays = 'x'", "the key 'c1' is taken"),
        ("[a]\npoints = 1", "[a] has to hold points and says, and nothing else"),
        ("[a]\npoints = true\nsays = 'x'", "the points of [a] are not a number"),
        ("[a]\npoints = nan\nsays = 'x'", "the points of [a] are not a number"),
        ("[a]\npoints = 4\nsays = 'x'", "[a] has 4 points, the question 3"),
        ("[a]\npoints = 1\nsays = ' '", "[a] says nothing"),
        ("a = 1", "[a] has to hold points and says"),
    ],
)
def test_a_rubric_that_cannot_be_used_is_one_line(
    mini: Mini, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    write_rubric(mini, text)

    code, said = mark(mini, capsys)

    assert code == 2
    assert words in said
    assert len(said.splitlines()) == 1


def test_a_rubric_of_no_question_is_told(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    write_rubric(mini, RUBRIC)
    path = mini.course.checks_folder(ASSIGNMENT) / "rubrics" / f"{WRITTEN}.toml"
    path.rename(path.with_name("wy.toml"))

    code, said = mark(mini, capsys)

    assert code == 0
    assert "No question has the name of the rubric wy.toml in tests/hidden/a1/rubrics." in said


def test_formgrader_shows_the_marks_and_what_it_saves_wins(
    course: Mini, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    mark(course, capsys)
    mark(course, capsys, "--from", fill(course, ada={"keys": "memory"}))
    (tmp_path / "home").mkdir()

    with formgrader(course, tmp_path / "home") as server:
        listed = server.api(f"submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}")
        (ada,) = [one for one in listed if one["student"] == "ada"]
        grades = {one["name"]: one for one in server.api(f"grades?submission_id={ada['id']}")}
        comments = {one["name"]: one for one in server.api(f"comments?submission_id={ada['id']}")}
        number = grades[WRITTEN]["id"]
        server.ask(f"api/grade/{number}", "PUT", {"manual_score": 3.0, "extra_credit": None})

    assert grades[WRITTEN]["manual_score"] == 1.5
    assert grades[WRITTEN]["needs_manual_grade"] is False
    assert comments[WRITTEN]["manual_comment"] == "You name the memory."
    assert [answer.student for answer in found(course).of(State.FORMGRADER)] == ["ada"]


def test_two_acts_at_once_are_refused(mini: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    assert mark(mini, capsys, "--renew", "--from", "x.csv") == (
        2,
        "--from, --renew, --to and --who are for one run each.\n",
    )


def test_another_rubric_regrades_nobody(course: Mini) -> None:
    before = Prepared(course.course, ASSIGNMENT, 1).packed.key

    write_rubric(course, RUBRIC.replace("1.5", "2"))

    assert Prepared(course.course, ASSIGNMENT, 1).packed.key == before
    told = list(grade_class(course.course, ASSIGNMENT, ["ada", "ben"]))
    assert [one.unchanged for one in told] == [True, True]


def test_a_listed_copy_of_a_rubric_is_not_released(course: Mini) -> None:
    beside = course.root / "solutions" / ASSIGNMENT / "hints.txt"
    beside.write_text(RUBRIC, encoding="utf-8")
    with (course.root / "course_config.py").open("a", encoding="utf-8") as file:
        file.write("\nc.Course.files = ['*.txt']\n")

    with pytest.raises(ReleaseFailed, match=r"hints\.txt, which students get, holds a rubric"):
        build(Mini(course.root).course, ASSIGNMENT)


@pytest.mark.parametrize("assignment", REAL.assignments())
def test_every_written_question_of_the_course_has_a_rubric_that_makes_all_its_points(
    assignment: str,
) -> None:
    source = nbformat.read(REAL.source_path(assignment), as_version=4)
    told = {grade_id(cell): cell.metadata.get("nbgrader", {}) for cell in source.cells}
    written = {
        name: one["points"] for name, one in told.items() if one.get("grade") and one["solution"]
    }

    assert [path.stem for path in rubric_files(REAL, assignment)] == sorted(written)
    for name, worth in written.items():
        lines = read_rubric(REAL, assignment, name, worth).values()
        halves = sum(line.points for line in lines if line.key != "one-case")
        assert (halves, any(line.points == 0 for line in lines)) == (worth, True)
