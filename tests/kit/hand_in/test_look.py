"""`check-hand-in`: what a student is told of a file before handing it in."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.hand_in.commands import check_hand_in
from tests.kit.hand_in.releases import NETWORK, TENSORS, answered, cell, lay, put_wheel, released

FILE = f"{TENSORS}.ipynb"
QUESTION = "why-logits"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put_wheel(tmp_path / TENSORS, released())
    return tmp_path / TENSORS


@pytest.fixture
def network(tmp_path: Path) -> Path:
    put_wheel(tmp_path / NETWORK, released(NETWORK), assignment=NETWORK)
    return tmp_path / NETWORK / f"{NETWORK}.ipynb"


def said(capsys: pytest.CaptureFixture[str], *arguments: Path | str) -> tuple[int, str]:
    code = check_hand_in([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_finished_notebook_needs_no_word_but_its_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lay(answered(), folder / FILE)

    code, text = said(capsys, path)

    digits = hashlib.sha256(path.read_bytes()).hexdigest()[:8].upper()
    assert code == 0
    assert f"hand-in code {digits[:4]}-{digits[4:]}" in text.splitlines()[0]
    assert "Exercises: 13 of 13 answered." in text
    assert "Before you hand it in" not in text


def test_the_untouched_release_has_all_exercises_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, lay(released(), folder / FILE))

    assert code == 0
    assert "Exercises: 0 of 13 answered. Open: from_numpy_shared, " in text
    assert "Written answers" not in text


@pytest.mark.parametrize("name", ["1-tensors (1).ipynb", "Kopie.ipynb.txt", "1-Tensors.IPYNB"])
def test_another_name_is_told_and_which_one_is_wanted(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = lay(answered(), folder / "x.ipynb").rename(folder / name)

    code, text = said(capsys, path)

    assert code == 0
    assert text.startswith(f"{name}: {TENSORS}")
    assert f"Call the file {FILE}." in text


def test_what_is_open_missing_or_no_python_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = answered(but=("describe",))
    notebook.cells.remove(cell(notebook, "from_list"))
    broken = cell(notebook, "matrix_product")
    broken.source = broken.source.replace("):", ":", 1)

    code, text = said(capsys, lay(notebook, folder / FILE))

    assert code == 0
    assert "Exercises: 11 of 13 answered. Open: describe, from_list." in text
    assert "- from_list: no cell for it was found." in text
    assert "- matrix_product: Python cannot read its cell (line 1: " in text


def test_a_retyped_cell_is_known_by_what_it_defines(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = answered()
    old = cell(notebook, "transpose")
    place = notebook.cells.index(old)
    notebook.cells[place] = new_code_cell(old.source)

    _code, text = said(capsys, lay(notebook, folder / FILE))

    assert "13 of 13 answered" in text
    assert "known by what they define: transpose." in text


def test_a_question_without_an_answer_is_named(
    network: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, text = said(capsys, lay(answered(NETWORK, but=(QUESTION,)), network))

    assert f"Written answers: 0 of 1 answered. Open: {QUESTION}." in text


def test_an_answer_beside_its_cell_is_no_open_question(
    network: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = answered(NETWORK, but=(QUESTION,))
    place = notebook.cells.index(cell(notebook, QUESTION))
    notebook.cells.insert(place + 1, new_markdown_cell("Because softmax comes with the loss."))

    _code, text = said(capsys, lay(notebook, network))

    assert "Written answers: 1 of 1 answered." in text


def test_changed_and_deleted_cells_of_the_courses_own_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = answered()
    cell(notebook, "setup").source += "\nimport seaborn"
    notebook.cells.remove(cell(notebook, "transpose-checks"))

    _code, text = said(capsys, lay(notebook, folder / FILE))

    assert "graded as they were given out: setup, transpose-checks." in text


def test_an_archive_is_looked_into_and_has_the_code_of_its_notebook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lay(answered(), folder / FILE)
    _code, alone = said(capsys, path)
    with zipfile.ZipFile(folder / "mine.zip", "w") as archive:
        archive.write(path, FILE)

    _code, text = said(capsys, folder / "mine.zip")

    code = alone.splitlines()[0].rpartition(" ")[2]
    assert text.startswith(f"mine.zip/{FILE}: ")
    assert code in text.splitlines()[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b'{"cells": [', "its JSON is damaged"),
        (b"%PDF-1.7", "it is a PDF"),
        (json.dumps({"cells": [], "nbformat": 4}).encode(), "no cell of this assignment"),
    ],
)
def test_what_would_wait_for_a_person_says_so_and_what_to_hand_in(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    (folder / FILE).write_bytes(content)

    code, text = said(capsys, folder / FILE)

    assert code == 1
    assert words in text
    assert f"Hand in {FILE}, saved in Jupyter." in text


def test_another_assignments_notebook_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, lay(answered(NETWORK), folder / FILE))

    assert code == 1
    assert "the cells of another assignment" in text


def test_of_several_wheels_the_one_of_the_notebooks_assignment_is_used(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_wheel(folder, released(NETWORK), assignment=NETWORK)

    _code, tensors = said(capsys, lay(answered(), folder / FILE))
    _code, network = said(capsys, lay(answered(NETWORK), folder / "mine.ipynb"))

    assert tensors.startswith(f"{FILE}: {TENSORS}, ")
    assert network.startswith(f"mine.ipynb: {NETWORK}, ")
    assert f"Call the file {NETWORK}.ipynb." in network


def test_a_folder_with_two_different_notebooks_says_which_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(answered(), folder / "hand" / FILE)
    lay(answered(but=("describe",)), folder / "hand" / "1-tensors (1).ipynb")
    (folder / next(folder.glob("*.whl")).name).rename(
        folder / "hand" / "pytorch_course_checks-1.whl"
    )

    code, text = said(capsys, folder / "hand")

    assert code == 0
    assert text.startswith(f"{FILE}: ")
    assert "1-tensors (1).ipynb was handed in too and holds other answers." in text


def test_without_a_wheel_it_says_what_to_put_beside_the_notebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, lay(answered(), tmp_path / FILE))

    assert code == 2
    assert "Put the file pytorch_course_checks-….whl" in text


def test_a_file_that_is_not_there_and_an_unknown_assignment_are_one_clear_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lay(answered(), folder / FILE)

    missing = said(capsys, folder / "2-tensors.ipynb")
    unknown = said(capsys, path, "--assignment", "9-graphs")

    assert (missing[0], unknown[0]) == (2, 2)
    assert "2-tensors.ipynb is not there" in missing[1]
    assert "9-graphs" in unknown[1]
    assert f"known are {TENSORS}" in unknown[1]


def test_nothing_is_changed_beside_the_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lay(answered(), folder / FILE)
    before = {one.name: one.read_bytes() for one in folder.iterdir()}

    said(capsys, path)

    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before
