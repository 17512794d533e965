"""The lines of `attacks.jsonl`: hostile and broken submissions, and what must hold of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("attacks.jsonl")
CLASSES = ("forge", "read", "escape", "dos", "corrupt", "leak")
# Every key that `verdicts` knows: a line with another one is refused, not half checked.
KEYS = frozenset(
    {
        *("points", "points_below_max", "others_full", "total", "total_if_read", "result"),
        *("max_unchanged", "marker_absent", "connections", "connections_when_opened"),
        *("canaries_absent", "canaries_absent_in_base64", "output_absent", "feedback_absent"),
        *("terminal_absent", "not_run", "survivors", "leftovers", "nothing_listens_on"),
        *("max_seconds", "max_rss_mb", "output_max_mb", "others_of_class", "run_twice"),
        *("look_again_after_seconds", "no_file", "no_file_in", "csv_safe", "log_lines_forged"),
        *("page_made", "page_complete", "page_shows_true_score"),
    }
)
# One or more of each class, all of them fast: these run in `make test`.
SAMPLE = (
    *("F01-", "F16-", "F46-", "F52-", "F70-", "F112-"),
    *("R01-", "R04-", "R10-"),
    *("E01-", "E07-", "E10-", "E25-"),
    *("D22-", "D37-"),
    *("C01-", "C19-", "C28-", "C43-", "C118-"),
    *("L01-", "L10-", "L16-", "L19-", "L110-"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One submission. `cells` replaces reference answers; `walls` says what it is to meet."""

    id: str
    kind: str
    assignment: str
    what: str
    expect: Mapping[str, Any]
    walls: str = ""
    first_cells: Sequence[str] = ()
    append_cells: Sequence[str] = ()
    cells: Mapping[str, str] = field(default_factory=dict)
    baseline: Mapping[str, str] = field(default_factory=dict)
    notebook_edit: str = ""

    @property
    def in_sample(self) -> bool:
        return self.id.startswith(SAMPLE)

    @property
    def wants_browser(self) -> bool:
        return bool({"not_run", "connections_when_opened"} & set(self.expect))


def load(path: Path = FILE) -> list[Line]:
    """All lines; raises ValueError on one that cannot be checked in full."""
    lines = [_line(json.loads(text)) for text in path.read_text("utf-8").splitlines() if text]
    names = [line.id for line in lines]
    if len(set(names)) < len(names):
        raise ValueError("two lines have one id")
    return lines


def _line(data: dict[str, Any]) -> Line:
    known = {"id", "class", "assignment", "what", "exercise", "expect", "walls"}
    known |= {"first_cells", "append_cells", "cells", "baseline", "notebook_edit"}
    unknown = (set(data) - known) | (set(data["expect"]) - KEYS)
    if unknown or data["class"] not in CLASSES:
        raise ValueError(f"{data['id']} holds what nothing checks: {sorted(unknown)}")
    data = {key: value for key, value in data.items() if key != "exercise"}
    return Line(kind=data.pop("class"), **data)
