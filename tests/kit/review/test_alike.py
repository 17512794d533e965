"""`autograder alike`: who wrote what few others did, and nothing of what everybody writes."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import nbformat
import pytest

from autograder.cli.commands import run
from autograder.nbgrader_bridge.record import Record
from autograder.review.alike import (
    Alike,
    Pair,
    alike,
    answers_of,
    pairs_alike,
    with_earlier,
)
from autograder.review.alike_told import as_csv, in_short, of_how_much, write_page
from autograder.review.earlier_years import EarlierUnusable, earlier_answers, files_of
from autograder.review.likeness import likeness_of
from tests.kit.course_maker import ASSIGNMENT, VISIBLE, Mini
from tests.kit.review.likeness_class import NAMES, answer, answers, record

STUDENTS = tuple(f"s{number:02d}" for number in range(30))


def renamed(code: str) -> str:
    for number, name in enumerate((*NAMES, "result", "rows", "row")):
        code = re.sub(rf"\b{name}\b", f"other_{number}", code)
    return re.sub(r"  # .*", "", code)


@pytest.fixture(scope="module")
def course(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class in which `copy` is `s00` letter for letter, `hidden` is `s01` with other names and
    comments, and one exercise of `once` is `s02`'s.
    """
    mini = released.copy_to(tmp_path_factory.mktemp("alike") / "course")
    codes = {who: answers(who) for who in STUDENTS}
    codes["copy"] = codes["s00"]
    codes["hidden"] = {name: renamed(code) for name, code in codes["s01"].items()}
    codes["once"] = {**answers("once"), "total": codes["s02"]["total"]}
    record(mini, codes)
    return mini


@pytest.fixture(scope="module")
def found(course: Mini) -> Alike:
    return alike(answers_of(course.course), ASSIGNMENT)


def names(pairs: tuple[Pair, ...]) -> set[tuple[str, str]]:
    return {(pair.one, pair.other) for pair in pairs}


def test_copies_are_found_and_nobody_else(course: Mini) -> None:
    assert names(pairs_alike(course.course, ASSIGNMENT)) == {("copy", "s00"), ("hidden", "s01")}


def test_a_pair_says_what_was_seen_and_how_often_by_chance(found: Alike) -> None:
    pair = next(pair for pair in found.pairs if pair.one == "hidden")

    assert pair.assignments == (ASSIGNMENT,)
    assert {passage.exercise for passage in pair.exercises} <= set(VISIBLE)
    assert pair.score > 2
    assert re.fullmatch(
        r"hidden and s01: \d+ of \d+ lines go together, but for names or comments, in answers that "
        r"are more alike than usual, in a1 \([\w, ]+\)\. By chance one class in (about|more than) "
        r"[\d,]+ of this size would have such a pair\.",
        pair.said,
    )


def test_lines_stand_beside_those_that_they_are_like(found: Alike) -> None:
    pair = next(pair for pair in found.pairs if pair.one == "hidden")

    assert len(pair.shared_lines) > 20
    assert all(renamed(right) == left for left, right in pair.shared_lines)


def test_one_exercise_alone_is_never_beyond_chance(found: Alike) -> None:
    assert ("once", "s02") not in names(found.pairs)


def test_an_exercise_alone_has_no_pair_beyond_chance_in_any_class() -> None:
    for seed in range(6):
        codes = {who: answer(f"{seed} {who}", "total") for who in STUDENTS}
        codes["copy"] = codes["s00"]
        found = likeness_of({(ASSIGNMENT, "total"): codes}, (), frozenset({"torch"}))
        for alone in (False, True):
            assert found.by_chance(found.exercises, structure_alone=alone).min() > 0.99


def test_what_everybody_writes_is_nothing(mini: Mini) -> None:
    same = {name: answer("one", name) for name in VISIBLE}
    record(mini, dict.fromkeys(STUDENTS, same))

    assert pairs_alike(mini.course, ASSIGNMENT) == ()


def test_the_reference_is_nothing(mini: Mini) -> None:
    path = mini.course.source_path(ASSIGNMENT)
    source = nbformat.read(path, as_version=4)
    reference = answers("reference")
    for cell in source.cells:
        name = cell.metadata.nbgrader.grade_id
        cell.source = reference.get(name, cell.source)
    codes = {who: answers(who) for who in STUDENTS}
    record(mini, {**codes, "one": reference, "two": reference})
    told = names(pairs_alike(mini.course, ASSIGNMENT))
    nbformat.write(source, path)

    assert ("one", "two") in told
    assert ("one", "two") not in names(pairs_alike(mini.course, ASSIGNMENT))


def test_short_exercises_are_left_out_and_named(mini: Mini) -> None:
    short = "def total(m):\n    a = m.sum()\n    b = a.item()\n    return b"
    record(mini, {who: {**answers(who), "total": short} for who in STUDENTS})

    found = alike(answers_of(mini.course), ASSIGNMENT)

    assert found.left_out == ((ASSIGNMENT, "total"),)
    assert any("alike by nature: total." in line for line in of_how_much(found))


def test_a_few_answers_say_nothing_and_that_is_said(mini: Mini) -> None:
    record(mini, {who: answers("s00") for who in STUDENTS[:5]})

    found = alike(answers_of(mini.course), ASSIGNMENT)

    assert (found.pairs, in_short(found)) == ((), "No pair is alike beyond chance.")
    assert any("fewer than 8 answers" in line for line in of_how_much(found))


def test_what_cannot_be_read_is_told_and_the_others_go_on(course: Mini, tmp_path: Path) -> None:
    mini = course.copy_to(tmp_path / "course")
    folder = Record(mini.course, ASSIGNMENT).folder_of("s05")
    for kept in folder.glob("*.json.gz"):
        kept.write_bytes(b"no gzip")
    (mini.root / "submitted" / "late" / ASSIGNMENT).mkdir(parents=True)

    found = alike(answers_of(mini.course), ASSIGNMENT)

    assert len(found.pairs) == 2
    assert found.unreadable == ("s05, a1: its result cannot be read",)
    assert found.not_graded == ("late",)


def test_code_that_is_not_python_is_compared_too(mini: Mini) -> None:
    codes = {who: answers(who) for who in STUDENTS}
    broken = {name: f"{code}\n    ((((  '''" for name, code in answers("broken").items()}
    codes["one"] = codes["two"] = broken
    record(mini, codes)

    assert names(pairs_alike(mini.course, ASSIGNMENT)) == {("one", "two")}


@pytest.mark.parametrize(
    "path", ["submitted/old/a1/a1.ipynb", "old.ipynb", "a1/old.ipynb", "old/a1.ipynb"]
)
def test_an_earlier_year_is_compared_wherever_its_notebooks_lie(
    course: Mini, tmp_path: Path, path: str
) -> None:
    folder = tmp_path / "2025"
    (folder / path).parent.mkdir(parents=True)
    nbformat.write(course.answered(**answers("s07")), folder / path)
    (folder / "broken.ipynb").write_text("no notebook", encoding="utf-8")

    old = earlier_answers(course.course, files_of([folder]))
    both = with_earlier(answers_of(course.course), old.codes, old.unreadable)
    found = alike(both, ASSIGNMENT)

    assert ("s07", "2025/old") in names(found.pairs)
    assert [why for why in found.unreadable if why.startswith("2025/broken.ipynb: it is no JSON")]


def test_ones_own_work_of_an_earlier_year_is_not_told(course: Mini, tmp_path: Path) -> None:
    folder = tmp_path / "2025"
    folder.mkdir()
    nbformat.write(course.answered(**answers("s07")), folder / "s07.ipynb")

    old = earlier_answers(course.course, files_of([folder]))
    found = alike(with_earlier(answers_of(course.course), old.codes, ()), ASSIGNMENT)

    assert names(found.pairs) == {("copy", "s00"), ("hidden", "s01")}


def test_a_link_in_an_earlier_year_is_not_followed(course: Mini, tmp_path: Path) -> None:
    folder = tmp_path / "2025"
    folder.mkdir()
    (folder / "link.ipynb").symlink_to(course.course.source_path(ASSIGNMENT))

    old = earlier_answers(course.course, files_of([folder]))

    assert old.codes == {}
    assert old.unreadable == ("2025/link.ipynb: it is a link, and only files are taken",)


def test_a_folder_without_notebooks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EarlierUnusable, match="holds no notebook"):
        files_of([tmp_path])


def test_a_spreadsheet_has_a_row_for_each_shared_line_and_no_formula(mini: Mini) -> None:
    codes = {who: answers(who) for who in STUDENTS}
    codes["=cmd"] = codes["s00"]
    record(mini, codes)

    found = alike(answers_of(mini.course), ASSIGNMENT)
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))

    assert len(rows) == len(found.pairs[0].shared_lines)
    assert {row["student"] for row in rows} == {"'=cmd"}
    assert all(row["other"] == "s00" and row["code"] == row["other_code"] for row in rows)


def test_the_page_stands_alone_and_runs_nothing(mini: Mini) -> None:
    codes = {who: answers(who) for who in STUDENTS}
    evil = "\n    # <script>alert(1)</script> \x1b[31m <img src=x onerror=alert(1)>"
    codes["<b>mallory"] = codes["s00"] = {n: f"{c}{evil}" for n, c in answers("s00").items()}
    record(mini, codes)

    path = write_page(mini.course, alike(answers_of(mini.course), ASSIGNMENT))
    page = path.read_text(encoding="utf-8")

    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;mallory" in page
    assert not re.search(
        r"<script|<img|<b>|\x1b|https?://|<link|src=", re.sub("&lt;.*?&gt;", "", page)
    )
    assert "default-src 'none'" in page
    assert path.stat().st_mode & 0o777 == 0o600


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run([str(argument) for argument in arguments])
    told = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, told.out, told.err


def test_the_command_shows_pairs_side_by_side(
    course: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "alike", ASSIGNMENT, "--course", course.root)

    assert code == 0
    assert "2 pairs are alike beyond chance." in out
    assert "What it does not mean: that anybody copied" in out
    assert re.search(r"│ +copy +│ +s00 +│|┃ copy +┃ s00 +┃", out)
    assert f"Page: {course.root}/reports/alike-a1.html" in out


def test_the_command_prints_a_spreadsheet(course: Mini, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "alike", ASSIGNMENT, "--csv", "--course", course.root)

    assert (code, out.splitlines()[0].split(",")[:3]) == (0, ["assignment", "student", "other"])


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["a1x"], 2, "There is no assignment named a1x. Did you mean a1?\n"),
        (
            [ASSIGNMENT],
            1,
            "Nothing of a1 is graded yet, so there is nothing to compare. Grade it first.\n"
            "    autograder grade a1\n",
        ),
        (
            [ASSIGNMENT, "--earlier", "/nowhere"],
            2,
            "There is no folder /nowhere. Name one that holds an earlier year's notebooks, or its "
            "folder submitted/.\n",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(
    mini: Mini, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, line: str
) -> None:
    assert said(capsys, "alike", *arguments, "--course", mini.root) == (code, "", line)


def test_nothing_graded_is_no_pair_for_the_queue(mini: Mini) -> None:
    assert pairs_alike(mini.course, ASSIGNMENT) == ()
