"""Tables as CSV and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from autograder.nbgrader_bridge.export import csv_text
from autograder.report.tables import Table


def as_csv(table: Table) -> str:
    """A table as CSV, in which no spreadsheet finds a formula."""
    return csv_text(table.columns, table.rows)


def as_data(tables: Sequence[Table]) -> dict[str, Any]:
    """Tables as data for JSON: by name, a list of rows, each a mapping of columns to values."""
    return {
        table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        for table in tables
    }


def as_json(data: Any) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False)
