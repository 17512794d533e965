"""An assignment with files of its own: a table, a picture in a folder, a module."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.classroom.grade import grade_class
from autograder.errors import SettingsProblem
from autograder.handout.release import ReleaseFailed, build, build_and_register
from autograder.nbgrader_bridge.prepared import Prepared
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, WRITTEN, Mini, full_marks
from tests.kit.nbgrader_bridge.sample_class import find

HELPER = """\
import numpy as np
import torch


def load_table(path):
    return torch.tensor(np.loadtxt(path, delimiter=","), dtype=torch.float32)
"""
FILES = {
    "helper.py": HELPER.encode(),
    "data/table.csv": b"1,2\n3,4\n",
    "images/table.png": b"\x89PNG\r\n\x1a\n",
}
LISTED = "\nc.Course.files = ['helper.py', 'data/*.csv', 'images/*']\n"
READS = "from helper import load_table\ntable = load_table('data/table.csv')\n"


def source(mini: Mini) -> Path:
    return mini.root / "solutions" / ASSIGNMENT


def lay(mini: Mini, files: dict[str, bytes], settings: str = LISTED) -> Mini:
    for name, content in files.items():
        path = source(mini) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with (mini.root / "course_config.py").open("a", encoding="utf-8") as file:
        file.write(settings)
    return Mini(mini.root)


def reading(mini: Mini) -> Mini:
    """A course whose notebook, reference and checks read the files."""
    path = source(mini) / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    find(notebook, "setup").source += f"\n{READS}"
    checks = find(notebook, "total-checks")
    checks.source = f"expect(total(table), 10.0)\n{checks.source}"
    answer = find(notebook, "total")
    again = "0 * load_table('data/table.csv').sum().item()"
    answer.source = answer.source.replace("return m", f"return {again} + m")
    nbformat.write(notebook, path)
    hidden = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    extra = """

@check("total")
def test_adds_the_table(student, solution):
    expect(student.total(student.table), solution.total(solution.table))
"""
    hidden.write_text(hidden.read_text(encoding="utf-8") + extra, encoding="utf-8")
    made = lay(mini, FILES)
    build_and_register(made.course, ASSIGNMENT)
    return made


def released_files(mini: Mini) -> set[str]:
    folder = mini.root / "assignments" / ASSIGNMENT
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_students_get_the_notebook_and_the_listed_files(mini: Mini) -> None:
    made = lay(mini, {**FILES, ".DS_Store": b"x", "__pycache__/helper.pyc": b"x"})

    build(made.course, ASSIGNMENT)

    assert released_files(made) == {f"{ASSIGNMENT}.ipynb", *FILES}


def test_answers_and_the_reference_read_the_files_at_the_same_path(mini: Mini) -> None:
    made = reading(mini)
    made.hand_in("ada", made.answered())
    reads_itself = (
        "def total(m):\n    return float(m.sum()) + 0 * float(load_table('data/table.csv')[0, 0])"
    )
    made.hand_in("ben", made.answered(total=reads_itself))
    made.hand_in("eve", made.answered(total="def total(m):\n    return open('data/none.csv')"))

    told = {
        t.graded.student: t for t in grade_class(made.course, ASSIGNMENT, ["ada", "ben", "eve"])
    }

    scores = {name: made.scores(name) for name in told}
    assert {k: v for k, v in scores["ada"].items() if k != WRITTEN} == full_marks()
    assert {k: v for k, v in scores["ben"].items() if k != WRITTEN} == full_marks()
    assert scores["eve"]["total"] == 0.0
    graded = made.root / "autograded" / "ada" / ASSIGNMENT
    assert (graded / "data" / "table.csv").read_bytes() == FILES["data/table.csv"]


def test_another_table_is_another_assignment(mini: Mini) -> None:
    made = lay(mini, FILES)
    before = Prepared(made.course, ASSIGNMENT, 1).packed.key

    (source(made) / "data" / "table.csv").write_bytes(b"5,6\n7,8\n")

    assert Prepared(made.course, ASSIGNMENT, 1).packed.key != before


@pytest.mark.parametrize(
    ("name", "content", "settings", "words"),
    [
        ("a1.py", b"def total(m): ...", "", ("whether students get a1.py", "c.Course.files")),
        ("notes.md", b"half a point", LISTED, ("whether students get notes.md",)),
        ("a1.html", b"<html>", "\nc.Course.files = ['*.csv']\n", ("a1.html",)),
        ("draft.ipynb", b"{}", "", ("holds another notebook: draft.ipynb",)),
        ("a2.ipynb", b"{}", "\nc.Course.files = ['*']\n", ("holds another notebook: a2.ipynb",)),
        (
            "helper.py",
            b"### BEGIN SOLUTION\n",
            "\nc.Course.files = ['helper.py']\n",
            ("helper.py, which students get, holds a BEGIN SOLUTION line",),
        ),
        (
            "scheme.txt",
            b"=== BEGIN MARK SCHEME ===",
            "\nc.Course.files = ['a1/scheme.txt']\n",
            ("scheme.txt, which students get, holds a MARK SCHEME line",),
        ),
    ],
)
def test_a_build_stops_at_what_students_must_not_get_and_changes_nothing(
    mini: Mini, name: str, content: bytes, settings: str, words: tuple[str, ...]
) -> None:
    before = released_files(mini)
    made = lay(mini, {name: content}, settings)

    with pytest.raises(ReleaseFailed) as failed:
        build(made.course, ASSIGNMENT)

    assert all(part in str(failed.value) for part in words), str(failed.value)
    assert released_files(mini) == before


@pytest.mark.parametrize("file", ["a1/test_a1.py", "a1/tools/spies.py", "tools/right_total.py"])
def test_a_listed_copy_of_the_hidden_checks_is_not_released(mini: Mini, file: str) -> None:
    hidden = mini.root / "tests" / "hidden" / file
    if not hidden.exists():
        hidden.parent.mkdir()
        hidden.write_text("def total(m):\n    return m.sum().item()\n", encoding="utf-8")
    made = lay(mini, {"my_tests.py": hidden.read_bytes()}, "\nc.Course.files = ['*.py']\n")

    with pytest.raises(
        ReleaseFailed, match=r"my_tests\.py, which students get, holds hidden checks"
    ):
        build(made.course, ASSIGNMENT)


def test_what_nbgraders_own_setting_ignores_stops_no_build(mini: Mini) -> None:
    made = lay(mini, {"notes.md": b"half a point"}, "\nc.CourseDirectory.ignore += ['notes.md']\n")

    build(made.course, ASSIGNMENT)

    assert released_files(made) == {f"{ASSIGNMENT}.ipynb"}


@pytest.mark.parametrize("pattern", ["/etc/passwd", "../other/data.csv", "~/data.csv"])
def test_a_pattern_that_leads_elsewhere_is_refused(mini: Mini, pattern: str) -> None:
    lay(mini, {}, f"\nc.Course.files = [{pattern!r}]\n")

    with pytest.raises(SettingsProblem, match="must lie in the assignment's folder"):
        load(mini.root)


def test_stock_nbgrader_gives_the_same_and_copies_nothing_else(mini: Mini) -> None:
    made = reading(mini)
    made.hand_in("ada", made.answered())
    (source(made) / "a1.py").write_text("the solution as a script", encoding="utf-8")

    ran = made.nbgrader("autograde", ASSIGNMENT)

    assert ran.returncode == 0, ran.stderr
    assert {k: v for k, v in made.scores("ada").items() if k != WRITTEN} == full_marks()
    graded = made.root / "autograded" / "ada" / ASSIGNMENT
    left = {p.relative_to(graded).as_posix() for p in graded.rglob("*") if p.is_file()}
    assert left == {f"{ASSIGNMENT}.ipynb", "checks.json", *FILES}
