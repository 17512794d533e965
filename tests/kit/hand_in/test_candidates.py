"""Which of the files that were handed in is graded, whatever they are called and wherever they lie.

Nothing here starts a kernel.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.handed_in import taken_from
from autograder.hand_in.candidates import Received, receive
from autograder.hand_in.cells import KnownCell

STUB = "raise NotImplementedError()"
KNOWN = [
    KnownCell(
        name=name,
        cell_type=kind,
        source=source,
        checksum=None,
        locked=name.endswith("-checks"),
        grade=name.endswith("-checks"),
        solution=not name.endswith("-checks"),
        task=False,
        points=2.0,
    )
    for name, kind, source in (
        ("double", "code", STUB),
        ("double-checks", "code", "assert double(1) == 2"),
        ("why", "markdown", "YOUR ANSWER HERE"),
    )
]
RIGHT = "def double(x):\n    return 2 * x"
OTHER = "def double(x):\n    return x + x"


def notebook(answer: str = STUB, text: str = "YOUR ANSWER HERE", **names: str) -> dict[str, Any]:
    """A notebook of the assignment; `names` are other names for its cells."""
    cells = [
        new_markdown_cell("# Doubling"),
        _named(new_code_cell(answer), names.get("double", "double")),
        _named(new_code_cell("assert double(1) == 2"), names.get("checks", "double-checks")),
        _named(new_markdown_cell(text), names.get("why", "why")),
    ]
    return dict(new_notebook(cells=cells))


def _named(cell: Any, name: str) -> Any:
    cell.metadata = {"nbgrader": {"grade_id": name}}
    return cell


def raw(answer: str = STUB, **more: str) -> bytes:
    return json.dumps(notebook(answer, **more)).encode()


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def received(folder: Path, files: Mapping[str, bytes]) -> Received:
    for name, content in files.items():
        path = folder / "ada" / "a1" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "ada" / "a1").mkdir(parents=True, exist_ok=True)
    return receive(taken_from(folder / "ada" / "a1", folder), "a1", KNOWN, {})


def answer_in(one: Received) -> str:
    return next((c.source for c in one.notebook.cells if c.source.startswith("def double")), "")


def said(one: Received) -> str:
    """All that a TA reads."""
    return " ".join((*one.notes, *one.notes_for_ta))


def said_to_student(one: Received) -> str:
    return " ".join(one.notes)


@pytest.mark.parametrize(
    "name",
    [
        "a1.IPYNB",
        "A1.ipynb",
        "a1 (1).ipynb",
        "a1 copy.ipynb",
        "a1-Copy1.ipynb",
        "Kopie von a1.ipynb",
        "a1.ipynb.txt",
        "a1.ipynb.json",
        "a1.json",
        "homework",
        "a1/a1.ipynb",
        "Downloads/week 1/a1.ipynb",
        "a1.ipynb/a1.ipynb",
    ],
)
def test_the_one_notebook_is_graded_whatever_its_name_and_the_page_says_which(
    tmp_path: Path, name: str
) -> None:
    one = received(tmp_path, {name: raw(RIGHT)})

    assert (one.file, one.waits, answer_in(one)) == (name, "", RIGHT)
    assert f"Graded: {name}, because a1.ipynb was not handed in." in said_to_student(one)


def test_the_notebook_of_the_right_name_needs_no_word(tmp_path: Path) -> None:
    one = received(tmp_path, {"a1.ipynb": raw(RIGHT), "notes.txt": b"Thank you!"})

    assert (one.file, one.notes, one.waits) == ("a1.ipynb", (), "")


@pytest.mark.parametrize(
    "noise",
    [
        ".ipynb_checkpoints/a1-checkpoint.ipynb",
        "__MACOSX/._a1.ipynb",
        "._a1.ipynb",
        ".DS_Store",
        "~$a1.ipynb",
        "Thumbs.db",
    ],
)
def test_what_programs_leave_is_not_looked_at(tmp_path: Path, noise: str) -> None:
    one = received(tmp_path, {"a1.ipynb": raw(RIGHT), noise: raw(OTHER)})

    assert (one.file, one.notes, one.waits) == ("a1.ipynb", (), "")


@pytest.mark.parametrize(
    ("members", "file"),
    [
        ({"a1.ipynb": raw(RIGHT)}, "a1.zip/a1.ipynb"),
        ({"a1/a1.ipynb": raw(RIGHT), "a1/data.csv": b"1"}, "a1.zip/a1/a1.ipynb"),
        ({"__MACOSX/._a1.ipynb": b"\0", "a1 (2).ipynb": raw(RIGHT)}, "a1.zip/a1 (2).ipynb"),
    ],
)
def test_a_notebook_in_an_archive_is_graded(
    tmp_path: Path, members: dict[str, bytes], file: str
) -> None:
    one = received(tmp_path, {"a1.zip": zipped(**members)})

    assert (one.file, answer_in(one)) == (file, RIGHT)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_other_encodings_are_read_and_told_the_ta(tmp_path: Path, encoding: str) -> None:
    text = json.dumps(notebook(f"# für Ähnliches\n{RIGHT}"), ensure_ascii=False)

    one = received(tmp_path, {"a1.ipynb": text.encode(encoding)})

    assert "# für Ähnliches" in one.notebook.cells[1].source
    assert "is encoded as" in said(one)
    assert said_to_student(one) == ""


@pytest.mark.parametrize("name", ["a1 (1).ipynb", "final/a1.ipynb", "a1.zip"])
def test_of_the_untouched_release_and_work_the_work_is_graded(tmp_path: Path, name: str) -> None:
    work = zipped(**{"a1.ipynb": raw(RIGHT)}) if name.endswith(".zip") else raw(RIGHT)

    one = received(tmp_path, {"a1.ipynb": raw(), name: work})

    assert answer_in(one) == RIGHT
    assert f"Graded: {one.file}, because a1.ipynb holds no answers." in said_to_student(one)
    assert "a1.ipynb was handed in too and holds no answers." in said(one)


@pytest.mark.parametrize("other", ["Untitled.ipynb", "scratch/try.ipynb"])
def test_a_notebook_without_any_answer_cell_does_not_count(tmp_path: Path, other: str) -> None:
    scratch = json.dumps(new_notebook(cells=[new_code_cell("1 + 1")])).encode()

    one = received(tmp_path, {other: scratch, "a1_final.ipynb": raw(RIGHT)})

    assert (one.file, answer_in(one)) == ("a1_final.ipynb", RIGHT)
    assert f"{other} was handed in too" in said(one)


def test_the_expected_name_wins_and_the_ta_hears_of_the_other(tmp_path: Path) -> None:
    one = received(tmp_path, {"a1.ipynb": raw(RIGHT), "a1 (1).ipynb": raw(OTHER)})

    assert answer_in(one) == RIGHT
    assert "a1 (1).ipynb was handed in too and holds other answers." in said(one)


def test_several_with_the_same_answers_are_one(tmp_path: Path) -> None:
    one = received(tmp_path, {"a1 (1).ipynb": raw(RIGHT), "a1 (2).ipynb": raw(RIGHT)})

    assert (one.waits, answer_in(one)) == ("", RIGHT)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {"a1 (1).ipynb": raw(RIGHT), "a1 (2).ipynb": raw(OTHER)},
            ("different answers", "a1 (1).ipynb, a1 (2).ipynb", "Ask which one counts"),
        ),
        (
            {"a1.ipynb": raw("x = 3", double="triple", checks="triple-checks", why="how")},
            ("the cells of another assignment", "triple", "ask for a1.ipynb"),
        ),
        ({"a1.ipynb": raw()[:-30]}, ("a1.ipynb: its JSON is damaged", "Ask for a1.ipynb")),
        (
            {"a1.ipynb": raw()[:-30], "a1 (1).ipynb": raw()},
            ("a1.ipynb: its JSON is damaged",),
        ),
        ({"a1.pdf": b"%PDF", "photo.jpg": b"\xff"}, ("only a1.pdf, photo.jpg",)),
        ({"a1.zip": zipped(**{"a.csv": b""})}, ("a ZIP archive without a notebook",)),
        ({}, ("Nothing was handed in: the folder is empty.",)),
        (
            {"a1.ipynb": json.dumps(new_notebook(cells=[new_code_cell("1")])).encode()},
            ("a1.ipynb holds no cell of this assignment",),
        ),
    ],
)
def test_what_cannot_be_told_waits_for_a_person_with_what_was_seen(
    tmp_path: Path, files: dict[str, bytes], words: tuple[str, ...]
) -> None:
    one = received(tmp_path, files)

    assert one.notebook.cells == []
    assert all(part in f"{one.waits} {one.ask}" for part in words), one.waits


def test_the_untouched_release_is_graded_as_what_it_is(tmp_path: Path) -> None:
    one = received(tmp_path, {"a1.ipynb": raw()})

    assert (one.file, one.waits, one.notes) == ("a1.ipynb", "", ())


def test_an_answer_typed_into_a_cell_of_its_own_is_work(tmp_path: Path) -> None:
    work = notebook()
    work["cells"] = [*work["cells"], new_code_cell(RIGHT)]

    one = received(tmp_path, {"a1.ipynb": raw(), "a1 (1).ipynb": json.dumps(work).encode()})

    assert one.file == "a1 (1).ipynb"


def test_an_archive_that_grows_without_end_is_not_unpacked(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"{number}.ipynb", b" " * 90_000_000)
        archive.writestr("a1.ipynb", raw(RIGHT))

    one = received(tmp_path, {"a1.zip": bomb.getvalue()})

    assert one.file in ("", "a1.zip/a1.ipynb")


def test_random_damage_never_stops_and_always_has_a_reason(tmp_path: Path) -> None:
    draw = random.Random(14)
    whole = raw(RIGHT)
    for number in range(150):
        files = {}
        for _ in range(draw.randint(0, 3)):
            name = draw.choice(["a1.ipynb", "a1 (1).ipynb", "x.zip", "b/a1.IPYNB", "n.md", "a1"])
            content = bytearray(draw.choice([whole, raw(), zipped(**{"a1.ipynb": whole}), b""]))
            for _ in range(draw.choice([0, 0, 1, 30])):
                if content:
                    content[draw.randrange(len(content))] = draw.randrange(256)
            files[name] = bytes(content[: draw.choice([len(content), len(content) // 2])])
        one = received(tmp_path / str(number), files)

        assert bool(one.waits) != bool(one.notebook.cells), files
        if one.file not in ("", "a1.ipynb"):
            assert one.file in said_to_student(one)
