"""The templates of this room's pages: everything is escaped, and what is missing is an error."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(name: str, filters: dict[str, Callable[..., Any]] | None = None, **told: Any) -> str:
    """The page of a template's name, with filters of its own."""
    environment = _environment()
    environment.filters.update(filters or {})
    return environment.get_template(f"{name}.html.j2").render(**told)
