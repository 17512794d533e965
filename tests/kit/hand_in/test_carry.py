"""`carry-answers`: the answers of an old notebook in a new edition, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.hand_in.cells import grade_id
from autograder.hand_in.commands import carry_answers, check_hand_in
from tests.kit.hand_in.releases import NETWORK, TENSORS, answered, cell, lay, put_wheel, released
from tests.kit.hand_in.test_written import PNG

FILE = f"{TENSORS}.ipynb"


def carry(
    capsys: pytest.CaptureFixture[str], old: Path, new: Path
) -> tuple[int, str, nbformat.NotebookNode]:
    code = carry_answers([str(old), str(new)])
    told = capsys.readouterr()
    return code, told.out + told.err, nbformat.read(new, as_version=4)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The new edition: another text, an exercise less, another parameter, and its own wheel."""
    notebook = released()
    notebook.cells[0].source += "\n\nSecond edition."
    for name in ("seeded_random", "seeded_random-checks"):
        notebook.cells.remove(cell(notebook, name))
    stub = cell(notebook, "describe")
    stub.source = stub.source.replace("def describe(", "def describe(verbose, ", 1)
    put_wheel(tmp_path / "new", notebook)
    return lay(notebook, tmp_path / "new" / FILE)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    put_wheel(tmp_path / "old", released())
    return lay(answered(), tmp_path / "old" / FILE)


def test_every_answer_stands_in_the_new_edition(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = old.read_bytes()

    code, text, there = carry(capsys, old, new)

    answers = {grade_id(c): c.source for c in answered().cells if grade_id(c)}
    carried = {grade_id(c): c.source for c in there.cells if grade_id(c)}
    assert {n: s for n, s in carried.items() if s != answers[n]} == {}
    assert there.cells[0].source.endswith("Second edition.")
    assert f"Only in {FILE}, as {FILE} has no cell for it: seeded_random." in text
    assert "describe: the new edition defines describe(verbose, " in text
    assert (code, old.read_bytes()) == (1, before)


def test_the_new_edition_is_found_right_by_the_check(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carry(capsys, old, new)

    check_hand_in([str(new)])

    assert "Exercises: 12 of 12 answered." in capsys.readouterr().out


def test_what_is_open_in_the_old_one_stays_open(
    tmp_path: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = lay(answered(but=("transpose", "from_list")), tmp_path / "old.ipynb")

    _code, text, there = carry(capsys, old, new)

    assert "transpose" not in text
    assert "raise NotImplementedError" in cell(there, "transpose").source


def test_an_answer_that_the_new_one_has_already_is_not_overwritten(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.read(new, as_version=4)
    mine = "def transpose(matrix):\n    return matrix.mT"
    cell(notebook, "transpose").source = mine
    lay(notebook, new)

    code, text, there = carry(capsys, old, new)

    assert cell(there, "transpose").source == mine
    assert f"Left as they are in {FILE}, where they hold another answer: transpose." in text
    assert code == 1


def test_own_cells_come_along_behind_the_cell_they_stood_behind_and_once(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.read(old, as_version=4)
    place = notebook.cells.index(cell(notebook, "transpose"))
    notebook.cells.insert(place + 1, new_code_cell("helper = 3"))
    notebook.cells.insert(place + 2, new_markdown_cell("A note to myself."))
    lay(notebook, old)

    _code, text, _there = carry(capsys, old, new)
    _code, again, there = carry(capsys, old, new)

    place = there.cells.index(cell(there, "transpose"))
    following = [c.source for c in there.cells[place + 1 : place + 3]]
    assert following == ["helper = 3", "A note to myself."]
    assert "Cells of your own carried along: 2." in text
    assert "Nothing was carried" in again
    assert len([c for c in there.cells if c.source == "helper = 3"]) == 1


def test_a_pasted_picture_comes_along(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_wheel(tmp_path / "new", released(NETWORK), assignment=NETWORK)
    notebook = answered(NETWORK)
    question = cell(notebook, "why-logits")
    question["attachments"] = {"p.png": {"image/png": PNG}}
    old = lay(notebook, tmp_path / "old.ipynb")

    _code, _text, there = carry(capsys, old, lay(released(NETWORK), tmp_path / "new" / "n.ipynb"))

    assert cell(there, "why-logits")["attachments"] == question["attachments"]
    assert cell(there, "why-logits").source == question.source


def test_an_old_notebook_without_its_wheel_and_without_names_is_carried_too(
    tmp_path: Path, new: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = answered()
    for one in notebook.cells:
        one.metadata = {}
    old = lay(notebook, tmp_path / "elsewhere" / "from Colab.ipynb")

    _code, _text, there = carry(capsys, old, new)

    assert cell(there, "transpose").source == cell(answered(), "transpose").source


@pytest.mark.parametrize(
    ("old_bytes", "new_bytes", "words"),
    [
        (b"{", None, "its JSON is damaged"),
        (None, b"{", "could not be read as a notebook"),
    ],
)
def test_a_damaged_file_changes_nothing_and_is_told_in_a_line(
    old: Path,
    new: Path,
    capsys: pytest.CaptureFixture[str],
    old_bytes: bytes | None,
    new_bytes: bytes | None,
    words: str,
) -> None:
    old.write_bytes(old_bytes or old.read_bytes())
    new.write_bytes(new_bytes or new.read_bytes())
    before = new.read_bytes()

    code = carry_answers([str(old), str(new)])

    assert code == 2
    assert words in capsys.readouterr().err
    assert new.read_bytes() == before


def test_one_file_named_twice_and_a_missing_one_are_told(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert carry_answers([str(old), str(old)]) == 2
    assert "is both" in capsys.readouterr().err
    assert carry_answers([str(old), str(tmp_path / "none.ipynb")]) == 2
    assert "none.ipynb is not there" in capsys.readouterr().err
