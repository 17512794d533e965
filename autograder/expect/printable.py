"""Any text in one line that a terminal or a page can show. Imports no torch."""

from __future__ import annotations

import unicodedata

TEXT_BUDGET = 60


def printable(text: str, budget: int = TEXT_BUDGET) -> str:
    """The text in one line, without control characters, terminal escapes or bidi marks."""
    kept = "".join(c if _shows(c) else "�" for c in text[: budget + 1])
    return kept if len(text) <= budget else kept[: budget - 1] + "…"


def _shows(character: str) -> bool:
    return not unicodedata.category(character).startswith("C") and character not in "\u2028\u2029"
