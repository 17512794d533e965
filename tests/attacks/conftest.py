"""The option that runs every attack, not the quick sample only."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Called by pytest."""
    parser.addoption(
        "--all-attacks",
        action="store_true",
        help="grade every line of tests/attacks/attacks.jsonl (tens of minutes), not the sample",
    )
