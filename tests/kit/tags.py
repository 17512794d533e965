"""A page's tags: found, or the test fails and says what is missing where."""

from __future__ import annotations

from typing import Any

from bs4 import Tag


def tag_of(within: Tag, name: str | None = None, /, **wanted: Any) -> Tag:
    """The first tag within another that `Tag.find` finds by the same arguments."""
    found = within.find(name, **wanted)
    assert isinstance(found, Tag), f"no tag {name or wanted} in:\n{str(within)[:2000]}"
    return found
