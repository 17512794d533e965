"""Every setting of a course in words: its value, its default, its help, where it was set."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, Configurable

from autograder.errors import UnknownName
from autograder.settings.load import COURSE_FILE, ENTRY_FILE, Settings
from autograder.settings.traits import CLASSES

LISTED: tuple[type[Configurable], ...] = (*CLASSES, CourseDirectory)


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One setting. `where` is empty where the default holds; `default` and `help` are empty for
    a class of nbgrader's that the course sets and that is not listed here in full.
    """

    section: str
    name: str
    value: str
    default: str = ""
    help: str = ""
    where: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.section}.{self.name}"


def settings_of(settings: Settings, wanted: str = "") -> list[Setting]:
    """The course's settings in order, or only `wanted`: a class, or a class and a setting.

    Raises UnknownName.
    """
    found = [*_listed(settings), *_others(settings)]
    chosen = [one for one in found if wanted in ("", one.section, one.full_name)]
    if not chosen:
        known = {one.section for one in found} | {one.full_name for one in found}
        raise UnknownName("setting", wanted, known)
    return chosen


def about(section: str) -> str:
    """What a class of settings is for, in one line; empty where it is not listed."""
    kind = {cls.__name__: cls for cls in LISTED}.get(section)
    return _line((kind.__doc__ or "") if kind in CLASSES and kind else "")


def _listed(settings: Settings) -> Iterator[Setting]:
    lines = _lines(settings.root)
    for kind in LISTED:
        section, without = kind.__name__, kind()
        with_config = kind(config=settings.config)
        traits = kind.class_own_traits(config=True)
        # In the order of the source: class_own_traits sorts them by name.
        for name in (name for name in vars(kind) if name in traits):
            is_set = name in settings.config.get(section, {})
            yield Setting(
                section=section,
                name=name,
                value=repr(getattr(with_config, name)),
                default=repr(getattr(without, name)),
                help=_line(str(traits[name].help)),
                where=_place(lines, section, name) if is_set else "",
            )


def _others(settings: Settings) -> Iterator[Setting]:
    """What the course sets of nbgrader's and nbconvert's other classes."""
    lines = _lines(settings.root)
    listed = {kind.__name__ for kind in LISTED}
    for section, values in sorted(settings.config.items()):
        if section in listed or not isinstance(values, Config):
            continue
        for name, value in values.items():
            where = _place(lines, section, name)
            yield Setting(section=section, name=name, value=repr(value), where=where)


def _line(text: str) -> str:
    return " ".join(inspect.cleandoc(text).split())


def _place(lines: dict[tuple[str, str], list[str]], section: str, name: str) -> str:
    # A file that these two load, or code that computes names, is not looked into.
    return ", ".join(lines.get((section, name), [])) or f"a file that {ENTRY_FILE} loads"


def _lines(root: Path) -> dict[tuple[str, str], list[str]]:
    """Which lines of the course's own files name a setting, as in `c.Limits.cell_s = 60`."""
    found: dict[tuple[str, str], list[str]] = {}
    for file in (ENTRY_FILE, COURSE_FILE):
        path = root / file
        source = path.read_text(encoding="utf-8") if path.is_file() else ""
        for node in ast.walk(ast.parse(source)):
            key = _setting_in(node)
            if key is not None:
                found.setdefault(key, []).append(f"{file} line {getattr(node, 'lineno', 0)}")
    return found


def _setting_in(node: Any) -> tuple[str, str] | None:
    match node:
        case ast.Attribute(value=ast.Attribute(value=ast.Name(), attr=section), attr=name):
            return section, name
    return None
