"""Moments as people write them into `course_config.py`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final

_END_OF_DAY: Final = time(23, 59, 59)
_UTC: Final = " UTC"


def moment_of(text: str) -> datetime:
    """The moment that a text names, by this machine's clock where it names no other: a date and a
    time, or a date alone, which is meant to its end. Raises ValueError.
    """
    text = text.strip()
    if text.endswith(_UTC):
        return datetime.fromisoformat(text.removesuffix(_UTC)).replace(tzinfo=UTC)
    try:
        return datetime.combine(date.fromisoformat(text), _END_OF_DAY).astimezone()
    except ValueError:
        return datetime.fromisoformat(text).astimezone()
