"""Notebook cells made of parts that were checked before.

nbformat's own `new_code_cell` and its kin validate each cell against a JSON schema, 1 ms a time:
half of what reading a submission took. A notebook is validated as a whole when it is written.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

KINDS = ("code", "markdown", "raw")
CHECKS_SUFFIX = "-checks"


def exercise_of(grade_id: str) -> str:
    """The exercise that a graded cell belongs to: `transpose-checks` is `transpose`."""
    return grade_id.removesuffix(CHECKS_SUFFIX)


def new_cell(
    kind: str, source: str, *, cell_id: str = "", metadata: Mapping[str, Any] | None = None
) -> NotebookNode:
    """A cell of one of the `KINDS`, without outputs; `cell_id` is drawn where none is given."""
    cell = NotebookNode(
        id=cell_id or secrets.token_hex(4),
        cell_type=kind,
        source=source,
        metadata=NotebookNode(
            {k: NotebookNode(v) if isinstance(v, dict) else v for k, v in (metadata or {}).items()}
        ),
    )
    if kind == "code":
        cell.update(outputs=[], execution_count=None)
    return cell
