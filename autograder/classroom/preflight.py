"""What would fail every submission, looked at before the first one: refused once, nothing touched.

A look is a function in `LOOKS`, of a course and an assignment, which raises a KitError. They stand
in the order in which a fix helps. To look at one more thing, put one more function there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import make_url
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from autograder.course.course import Course
from autograder.errors import KitError, Refused, SettingsProblem
from autograder.kernel.walls import probe
from autograder.nbgrader_bridge.converting import make_steps
from autograder.nbgrader_bridge.gradebook import require_writable

Look = Callable[[Course, str], None]
_SETTINGS: Final = "course_config.py"
_ROOM_MB: Final = 100


def preflight(course: Course, assignment: str, looks: Sequence[Look] | None = None) -> None:
    """Raises Refused, with exit code 2, where a look finds what no submission would get past."""
    for look in LOOKS if looks is None else looks:
        try:
            look(course, assignment)
        except KitError as problem:
            raise Refused(problem.fact, problem.mend, problem.command) from problem


def plugins_import(course: Course, _assignment: str) -> None:
    """Every class and function that the settings name can be imported."""
    for setting, name in _named(course.settings.config):
        try:
            import_item(name)
        except Exception as problem:
            why = f"{type(problem).__name__}: {problem}".rstrip(".")
            fact = f"{setting} names {name}, which cannot be imported ({why})."
            mend = "Install it, correct the name, or take the line out."
            raise SettingsProblem(_SETTINGS, fact, mend) from problem


def _named(config: Config) -> Iterator[tuple[str, str]]:
    """The names of classes and functions in a configuration, each with its setting."""
    for section, values in config.items():
        for key, value in values.items() if isinstance(values, Config) else ():
            if section == "ExchangeFactory" or key.endswith(_HOLD_NAMES):
                yield from ((f"c.{section}.{key}", name) for name in _texts(value))


_HOLD_NAMES: Final = ("_class", "_plugin", "_hook", "preprocessors", "filters")


def _texts(value: Any) -> Iterator[str]:
    values = value.values() if isinstance(value, dict) else value
    if isinstance(value, str):
        yield value
    elif isinstance(values, (list, tuple)) or isinstance(value, dict):
        yield from (one for one in values if isinstance(one, str))


def steps_can_be_made(course: Course, assignment: str) -> None:
    """nbgrader takes the settings of its converters and of their steps."""
    try:
        make_steps(course, assignment)
    except KitError:
        raise
    except Exception as problem:
        why = str(problem).rstrip(".")
        fact = f"nbgrader cannot be set up with it ({type(problem).__name__}: {why})."
        raise SettingsProblem(_SETTINGS, fact, "Correct that setting, then try again.") from problem


def folders_can_be_written(course: Course, assignment: str) -> None:
    """There is room, and the right to write, where results, work and the gradebook are."""
    wanted = [
        course.root,
        course.private,
        *(course.folder(step, ".", assignment).parent for step in ("autograded", "feedback")),
        *_gradebook_folder(course),
        Path(tempfile.gettempdir()),
    ]
    for folder in dict.fromkeys(wanted):
        _require_room(next(one for one in (folder, *folder.parents) if one.exists()))


def _gradebook_folder(course: Course) -> list[Path]:
    url = make_url(course.db_url)
    is_file = url.get_backend_name() == "sqlite" and url.database
    return [Path(str(url.database)).absolute().parent] if is_file else []


def _require_room(folder: Path) -> None:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
        free_mb = shutil.disk_usage(folder).free // 1_000_000
    except OSError as problem:
        why = problem.strerror or problem
        mend = "Make room there, or give yourself the right to write."
        raise Refused(f"{folder} cannot be written ({why}).", mend) from problem
    if free_mb < _ROOM_MB:
        fact = f"The disk of {folder} is full: {free_mb:,} MB are free."
        raise Refused(fact, f"Make room: grading needs at least {_ROOM_MB:,} MB there.")


def gradebook_can_be_written(course: Course, _assignment: str) -> None:
    """The gradebook is one, and nobody else keeps it locked."""
    require_writable(course.db_url)


def sandbox_can_be_built(course: Course, _assignment: str) -> None:
    """Kernels can be walled in on this machine, or the settings allow them to run without."""
    if not course.settings.sandbox.allow_no_sandbox:
        probe.require()


LOOKS: Final[tuple[Look, ...]] = (
    plugins_import,
    steps_can_be_made,
    folders_can_be_written,
    gradebook_can_be_written,
    sandbox_can_be_built,
)
