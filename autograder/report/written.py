"""Tables as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from autograder.nbgrader_bridge.export import safe_cell
from autograder.report.tables import Table


def as_csv(table: Table) -> str:
    """A table as CSV, in which no spreadsheet finds a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([safe_cell(column) for column in table.columns])
    writer.writerows([safe_cell(value) for value in row] for row in table.rows)
    return text.getvalue()


def as_data(tables: Sequence[Table]) -> dict[str, Any]:
    """Tables as data for JSON: by name, a list of rows, each a mapping of columns to values."""
    return {
        table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for table in tables
    }


def as_json(data: Any) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False)
