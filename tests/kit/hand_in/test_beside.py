"""Which of a student's files lie beside the graded notebook; nothing here starts a kernel."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from autograder.files import write_files
from autograder.hand_in.beside import files_beside
from autograder.hand_in.files import Files
from autograder.hand_in.versions import Versions, versions_in


def beside(graded: str, *names: str, taken: tuple[str, ...] = ()) -> set[str]:
    files = {name: name.encode() for name in (graded, *names)}
    return set(files_beside(Files(files=files), graded, taken))


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return held.getvalue()


def test_files_are_named_by_their_path_from_the_notebook() -> None:
    assert beside("a/n.ipynb", "a/helper.py", "a/lib/x.py", "other.py") == {"helper.py", "lib/x.py"}


def test_in_an_archive_too() -> None:
    raw = zipped("w/n.ipynb", "w/helper.py", "other.py", "__MACOSX/w/helper.py", "w/.hidden.py")

    assert set(files_beside(Files(files={"a.zip": raw}), "a.zip/w/n.ipynb")) == {"helper.py"}


@pytest.mark.parametrize(
    "name",
    [
        "../helper.py",
        "/etc/helper.py",
        "a/../../x.py",
        "a\x07.py",
        "x" * 300,
        "a\nb.py",
    ],
)
def test_no_path_leads_elsewhere(name: str) -> None:
    raw = zipped("n.ipynb", name, "fine.py")

    assert set(files_beside(Files(files={"a.zip": raw}), "a.zip/n.ipynb")) == {"fine.py"}


def test_none_is_in_the_way_of_the_assignments_own() -> None:
    found = beside(
        "n.ipynb", "data", "data.csv/x.py", "helper.py", taken=("data/a.csv", "data.csv")
    )

    assert found == {"helper.py"}


def test_none_is_both_a_file_and_a_folder() -> None:
    raw = zipped("n.ipynb", "lib", "lib/x.py")

    assert set(files_beside(Files(files={"a.zip": raw}), "a.zip/n.ipynb")) == {"lib"}


def test_whatever_they_are_called_they_can_be_laid_down_together(tmp_path: Path) -> None:
    draw = random.Random(5)
    parts = ["a", "b", "..", ".", " ", "c.py", "~", "é"]
    for number in range(100):
        depths = [draw.randint(1, 7) for _ in range(8)]
        names = {"/".join(draw.choice(parts) for _ in range(depth)) for depth in depths}
        found = files_beside(Files(files={"z": zipped("n.ipynb", *sorted(names))}), "z/n.ipynb")

        write_files(tmp_path / str(number), found)

        folder = tmp_path / str(number)
        laid = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert laid == set(found)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"cells": 3},
        {"cells": [{"outputs": [{"text": 3}]}], "metadata": {"language_info": []}},
        {"metadata": {"language_info": {"version": "three"}}},
        {"cells": [{"outputs": [{"text": "PyTorch <b>2</b>"}]}]},
    ],
)
def test_versions_are_not_known_where_a_notebook_does_not_say_them(data: object) -> None:
    assert versions_in(data) == Versions()


def test_versions_are_those_that_the_setup_cell_has_printed() -> None:
    printed = {"outputs": [{"text": ["PyTorch 2.9.1+cpu on Python 3.13.2 is ready.\n"]}]}
    data = {"cells": [printed], "metadata": {"language_info": {"version": "3.11.4"}}}

    assert versions_in(data) == Versions(python="3.13", torch="2.9")
