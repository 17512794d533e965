"""Any text in one line that a terminal or a page can show. Imports no torch."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

TEXT_BUDGET = 60


def printable(text: str, budget: int = TEXT_BUDGET) -> str:
    """The text in one line, without control characters, terminal escapes or bidi marks."""
    kept = "".join(c if _shows(c) else "�" for c in text[: budget + 1])
    return kept if len(text) <= budget else kept[: budget - 1] + "…"


def listed(names: Sequence[str], most: int = 8) -> str:
    """Names in a row, the first of many: "ada, ben and 3 more"."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _shows(character: str) -> bool:
    return not unicodedata.category(character).startswith("C") and character not in "\u2028\u2029"
