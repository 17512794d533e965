"""Files as students hand them in. Nothing here starts a kernel or nbgrader."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.handed_in import taken_from
from autograder.errors import NotebookUnreadable
from autograder.hand_in.candidates import Received, receive
from autograder.hand_in.cells import KnownCell
from autograder.hand_in.files import MAX_BYTES, read_bytes
from autograder.hand_in.intake import rebuilt

CELL = new_code_cell(
    "x = 1\ny = 2", id="answer", metadata={"nbgrader": {"grade_id": "answer", "points": 100}}
)
NOTEBOOK: dict[str, Any] = new_notebook(cells=[CELL])
KNOWN = KnownCell(
    name="answer",
    cell_type="code",
    source="raise NotImplementedError()",
    checksum=None,
    locked=False,
    grade=False,
    solution=True,
    task=False,
    points=None,
)


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[[bytes], Received]:
    def hand_in_bytes(content: bytes) -> Received:
        path = tmp_path / "ada" / "a1" / "a1.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        return receive_at(path, tmp_path)

    return hand_in_bytes


def receive_at(path: Path, below: Path) -> Received:
    """What is made of the folder that a notebook was handed in at."""
    return receive(taken_from(path.parent, below), path.stem, [KNOWN], {})


def as_bytes(notebook: Any) -> bytes:
    return json.dumps(notebook).encode()


def sources(handed_in: Received) -> list[str]:
    return [cell.source for cell in handed_in.notebook.cells]


def test_of_a_notebook_only_kind_source_id_and_name_are_kept(
    hand_in: Callable[[bytes], Received],
) -> None:
    cell = {**CELL, "outputs": [{"output_type": "stream", "name": "stdout", "text": "4.0"}]}
    cell["metadata"] = {**CELL.metadata, "tags": ["skip-execution"], "trusted": True}
    metadata = {"kernelspec": {"name": "../../evil"}, "widgets": {"x": 1}, "title": "<script>"}

    taken = hand_in(as_bytes({**NOTEBOOK, "cells": [cell], "metadata": metadata}))

    assert (taken.notes, taken.waits) == ((), "")
    assert taken.notebook == new_notebook(
        cells=[
            new_code_cell(CELL.source, id="answer", metadata={"nbgrader": {"grade_id": "answer"}})
        ]
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b" \n\t", "the file is empty"),
        (b"Sorry, my laptop broke.", "it is no JSON"),
        (b"# %%\nimport torch\n\ndef f():\n    return 1\n", "it is no JSON"),
        (b"PK\x03\x04" + bytes(100), "it is a damaged ZIP archive"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"<!DOCTYPE html>\n<p>", "it is an exported web page"),
        (b'{"cells": [\n<<<<<<< HEAD\n=======\n>>>>>>> b\n]}', "the marks of a merge conflict"),
        (as_bytes(NOTEBOOK)[:-20], "its JSON is damaged"),
        (as_bytes(NOTEBOOK) + b"\0\0", "its JSON is damaged"),
        (b'{"cells": ' + b"[" * 10**6, "its JSON is damaged"),
        (b'{"cells": [' + b"9" * 10**5 + b"]}", "its JSON is damaged"),
        (b'{"cells": "\xff\xfe"}', "it holds no cells"),
        (b"[]", "it holds no cells"),
        (b"null", "it holds no cells"),
        (b'"text"', "it holds no cells"),
        (b"NaN", "it is no JSON|it holds no cells"),
        (b"{}", "it holds no cells"),
        (b'{"cells": {}}', "it holds no cells"),
        (as_bytes({"cells": [CELL] * 2001}), "it has more than 2,000 cells"),
        (
            as_bytes({"cells": [{**CELL, "source": "x" * 10**6}] * 21}),
            "its cells hold more than 20,000,000 characters of text and code",
        ),
        (b'{"worksheets": 7}', "its old format could not be converted"),
        (b'{"nbformat": 3, "worksheets": [{"cells": [7]}]}', "its old format"),
    ],
)
def test_what_is_no_notebook_is_empty_and_says_why(
    hand_in: Callable[[bytes], Received], content: bytes, why: str
) -> None:
    taken = hand_in(content)

    assert taken.notebook.cells == []
    assert any(words in taken.waits for words in why.split("|"))
    assert "No notebook with answers could be read. a1.ipynb: " in taken.waits
    assert taken.ask == "Ask for a1.ipynb, saved in Jupyter."


def test_a_byte_order_mark_and_windows_line_ends_are_read(
    hand_in: Callable[[bytes], Received],
) -> None:
    content = json.dumps(NOTEBOOK, indent=1).replace("\\n", "\\r\\n").replace("\n", "\r\n")

    taken = hand_in(b"\xef\xbb\xbf" + content.encode())

    assert (taken.notes, taken.waits, sources(taken)) == ((), "", [CELL.source])


def test_the_format_of_2013_is_read(hand_in: Callable[[bytes], Received]) -> None:
    cell = {
        "cell_type": "code",
        "input": CELL.source,
        "language": "python",
        "prompt_number": 3,
        "outputs": [{"output_type": "pyout", "prompt_number": 3, "text": ["4"]}],
        "metadata": {"nbgrader": {"grade_id": "answer"}},
    }
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}

    taken = hand_in(as_bytes(old))

    assert (taken.notes, taken.waits, sources(taken)) == ((), "", [CELL.source])
    assert taken.notebook.cells[0].metadata.nbgrader.grade_id == "answer"


def test_lone_surrogates_can_be_written_again() -> None:
    cell = {**CELL, "source": "x = '\ud800'", "id": "\ud800"}
    cell["metadata"] = {"nbgrader": {"grade_id": "\ud800"}, "name": "\ud800"}

    taken = rebuilt(json.loads(as_bytes({**NOTEBOOK, "cells": [cell]})))

    assert [cell.source for cell in taken.cells] == ["x = '?'"]
    nbformat.v4.writes_json(taken).encode("utf-8")


def test_control_characters_are_taken_out(hand_in: Callable[[bytes], Received]) -> None:
    cell = {**CELL, "source": "x\0 = 1  # \x0c\x1b]0;owned\x07\n\ty = 2"}

    taken = hand_in(as_bytes({**NOTEBOOK, "cells": [cell]}))

    assert sources(taken) == ["x = 1  # ]0;owned\n\ty = 2"]


def test_fifty_megabytes_of_outputs_are_read_and_dropped(
    hand_in: Callable[[bytes], Received],
) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "epoch 1 loss\n" * 4_000_000}

    taken = hand_in(as_bytes({**NOTEBOOK, "cells": [{**CELL, "outputs": [output]}]}))

    assert (taken.notes, taken.waits, sources(taken)) == ((), "", [CELL.source])
    assert taken.notebook.cells[0].outputs == []


@pytest.mark.parametrize("odd", [None, True, 7, 1.5, "text", [], [None], {}, {"x": [1]}])
@pytest.mark.parametrize(
    "place", ["cell", "cell_type", "source", "id", "metadata", "nbgrader", "grade_id", "outputs"]
)
def test_a_cell_of_any_form_costs_itself_only(place: str, odd: Any) -> None:
    cell = json.loads(json.dumps(CELL))
    if place == "cell":
        cell = odd
    elif place == "nbgrader":
        cell["metadata"]["nbgrader"] = odd
    elif place == "grade_id":
        cell["metadata"]["nbgrader"]["grade_id"] = odd
    else:
        cell[place] = odd

    taken = rebuilt({"cells": [cell, new_markdown_cell("the other")]})

    assert taken.cells[-1].source == "the other"
    nbformat.validate(taken)
    assert rebuilt(taken) == taken


def test_a_grade_id_of_a_megabyte_is_not_kept() -> None:
    cell = new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": "x" * 10**6}})

    assert rebuilt({"cells": [cell]}).cells[0].metadata == {}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "solution.ipynb").write_bytes(as_bytes(NOTEBOOK))
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "a1.ipynb").symlink_to(tmp_path / "solution.ipynb")

    taken = receive_at(tmp_path / "ada" / "a1.ipynb", tmp_path)

    assert taken.notebook.cells == []
    assert "it is a link, and only files are taken" in taken.waits


def test_a_linked_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "a1.ipynb").write_bytes(as_bytes(NOTEBOOK))
    (tmp_path / "eve").symlink_to(tmp_path / "ada")

    assert "it is a link" in receive_at(tmp_path / "eve" / "a1.ipynb", tmp_path).waits


def test_a_link_put_in_after_the_look_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a1.ipynb").symlink_to("/etc/hostname")

    with pytest.raises(NotebookUnreadable):
        read_bytes(tmp_path / "a1.ipynb")


def test_a_folder_is_no_notebook(tmp_path: Path) -> None:
    (tmp_path / "a1.ipynb").mkdir()

    assert "the folder is empty" in receive_at(tmp_path / "a1.ipynb", tmp_path).waits


def test_a_pipe_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a1.ipynb")

    assert "it is no regular file" in receive_at(tmp_path / "a1.ipynb", tmp_path).waits
    with pytest.raises(NotebookUnreadable, match="no regular file"):
        read_bytes(tmp_path / "a1.ipynb")


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a1.ipynb").open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    assert "it is larger than 100 MB" in receive_at(tmp_path / "a1.ipynb", tmp_path).waits


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    note = receive_at(tmp_path / "a1.ipynb", tmp_path).waits
    assert note == "Nothing was handed in: the folder is empty."
    assert "No such file" in receive_at(tmp_path / "ada" / "a1.ipynb", tmp_path).waits


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a1.ipynb"
    path.write_bytes(as_bytes(NOTEBOOK))
    path.chmod(0)

    assert "Permission denied" in receive_at(path, tmp_path).waits
