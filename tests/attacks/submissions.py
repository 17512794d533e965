"""From a line to the files that its student hands in, as `attacks.md` says."""

from __future__ import annotations

import base64
import copy
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.attacks.lines import Line

Notebook = dict[str, Any]
_EDIT_S = 60
# The edit is somebody else's program: it runs in a process of its own, on plain JSON.
_EDITOR = """
import base64, json, sys
asked = json.load(sys.stdin)
names = {}
exec(asked["source"], names)
result = names["edit"](asked["notebook"])
result = asked["notebook"] if result is None else result
if isinstance(result, (bytes, bytearray)):
    result = {"bytes": base64.b64encode(bytes(result)).decode("ascii")}
json.dump(result, sys.stdout)
"""


def right_answers(source: Notebook) -> dict[str, str]:
    """The reference's answers by grade_id, without the marks that the release step looks for."""
    answers = {}
    for cell in source["cells"]:
        nbgrader = cell.get("metadata", {}).get("nbgrader", {})
        if nbgrader.get("solution"):
            lines = _text(cell).splitlines()
            kept = [line for line in lines if "SOLUTION" not in line and "MARK SCHEME" not in line]
            answers[nbgrader["grade_id"]] = "\n".join(kept)
    return answers


def _text(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def answered(released: Notebook, answers: Mapping[str, str], cells: Mapping[str, str]) -> Notebook:
    """The release with the reference's answers, but for `cells`."""
    notebook = copy.deepcopy(released)
    filled = {**answers, **cells}
    for cell in notebook["cells"]:
        nbgrader = cell.get("metadata", {}).get("nbgrader", {})
        if nbgrader.get("solution") and nbgrader["grade_id"] in filled:
            cell["source"] = filled[nbgrader["grade_id"]]
    return notebook


def _code(source: str, name: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": "code", "id": name, "metadata": {}, "outputs": []}
    return {**cell, "execution_count": None, "source": source}


def with_cells(notebook: Notebook, first: Sequence[str], last: Sequence[str]) -> Notebook:
    """The notebook with code cells before everything and after everything."""
    before = [_code(source, f"first-{n}") for n, source in enumerate(first)]
    after = [_code(source, f"last-{n}") for n, source in enumerate(last)]
    return {**notebook, "cells": [*before, *notebook["cells"], *after]}


def hand_in(line: Line, released: Notebook, answers: Mapping[str, str], folder: Path) -> None:
    """Writes the line's submission into `folder`, which is the student's for the assignment."""
    filled = answered(released, answers, line.cells)
    notebook = with_cells(filled, line.first_cells, line.append_cells)
    result = _edited(notebook, line.notebook_edit) if line.notebook_edit else notebook
    folder.mkdir(parents=True)
    _place(result, folder, f"{line.assignment}.ipynb")


def _edited(notebook: Notebook, source: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-I", "-c", _EDITOR],
        input=json.dumps({"notebook": notebook, "source": source}),
        capture_output=True,
        text=True,
        timeout=_EDIT_S,
        check=True,
    )
    return json.loads(done.stdout)


def _place(result: Any, folder: Path, name: str) -> None:
    path = folder / name
    if not isinstance(result, dict):
        _write(path, result)
    elif "bytes" in result:
        path.write_bytes(base64.b64decode(result["bytes"]))
    elif "symlink" in result:
        path.symlink_to(result["symlink"])
    elif "fifo" in result:
        os.mkfifo(path)
    elif "directory" in result:
        for inner, text in result["directory"].items():
            _write(path / inner, text)
    elif isinstance(result.get("notebook"), dict):
        _place_parts(result, folder, name)
    else:
        _write(path, result)


def _place_parts(result: Mapping[str, Any], folder: Path, name: str) -> None:
    for inner, text in result.get("files", {}).items():
        _write(folder / inner, text)
    path = folder / result.get("filename", name)
    _write(path, result["notebook"])
    if "mode" in result:
        path.chmod(result["mode"])
    if "folder_mode" in result:
        folder.chmod(result["folder_mode"])


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
