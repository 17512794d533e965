"""What students get of an assignment: its notebook, the wheel it needs, and how to start.

As a folder or a zip file to hand out, or through nbgrader's exchange, by nbgrader's own step.
The wheel and the text lie neither in `solutions/`, whose files nbgrader copies into every
submission that it grades, nor in `assignments/`, which is committed.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import textwrap
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import nbformat
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.exchange.default import Exchange
from traitlets.config import Config

from autograder.course.course import Course
from autograder.errors import KitError
from autograder.files import swap, work_folder
from autograder.hand_in.release import Release
from autograder.handout.release import prepared, put_in_place
from autograder.handout.student_wheel import build_wheel
from autograder.nbgrader_bridge.logs import logged_to
from autograder.settings.packages import for_answers, in_words

HOW_TO: Final = "README.txt"
_TEMPLATE: Final = Path(__file__).with_name("student_readme.txt.j2")
_IN: Final = " " * 7
_FIRST_LINE: Final = "How to start with this notebook"
# The beginning of what nbgrader says.
_IN_EXCHANGE: Final = "Destination already exists"


class NotHandedOut(KitError):
    """A place that an assignment cannot be put at."""

    exit_code = 2


@contextlib.contextmanager
def handout(course: Course, assignment: str) -> Iterator[Path]:
    """A folder of the assignment's name with all that students get, gone at the end.

    The assignment is built and told to the gradebook first, so that grading knows what students
    have. Raises ReleaseFailed or KitError, and then nothing has changed.
    """
    with prepared(course, assignment) as made, work_folder(course.work) as work:
        folder = work / "handout" / assignment
        shutil.copytree(made, folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        added = course.settings.grading.packages
        notebook = nbformat.read(folder / f"{assignment}.ipynb", as_version=4)
        wheel = build_wheel(folder, added, [Release.of(assignment, notebook)])
        text = _how_to(assignment, wheel.name, for_answers(added))
        (folder / HOW_TO).write_text(text, encoding="utf-8")
        put_in_place(course, assignment, made)
        yield folder


def require_places(
    course: Course,
    assignment: str,
    folder: Path | None = None,
    zip_file: Path | None = None,
    *,
    force: bool = False,
) -> None:
    """Raises NotHandedOut where one of the places of a handout would refuse it.

    Asked before the assignment is built, so that what is not handed out changes nothing. Where
    neither is named it is nbgrader's exchange.
    """
    if folder is not None:
        _require_folder(folder.absolute() / assignment, force=force)
    if zip_file is not None:
        _require_zip(zip_file.absolute(), force=force)
    if folder is None and zip_file is None:
        config = Config(course.settings.config)
        require_exchange(config, *_other_way(assignment))
        released = Path(Exchange(config=config).root, str(course.directory.course_id), "outbound")
        own_step = "release_assignment" in config.ExchangeFactory
        if not own_step and not force and (released / assignment).is_dir():
            raise _refused(assignment, _IN_EXCHANGE)


def to_folder(made: Path, parent: Path, *, force: bool = False) -> Path:
    """Puts a handout into `parent`, as a folder of the assignment's name.

    With `force` an earlier handout there is replaced, and nothing else ever is.
    """
    target = parent.absolute() / made.name
    _require_folder(target, force=force)
    # By way of a copy beside the target: one rename then puts it in place.
    with _beside(target) as scratch:
        copy = Path(shutil.copytree(made, scratch / made.name))
        swap(copy, target)
    return target


def to_zip(made: Path, target: Path, *, force: bool = False) -> Path:
    """Writes a handout into a zip file, which unpacks to a folder of the assignment's name."""
    target = target.absolute()
    _require_zip(target, force=force)
    with _beside(target) as scratch:
        with zipfile.ZipFile(scratch / target.name, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(made.rglob("*")):
                packed.write(path, path.relative_to(made.parent))
        (scratch / target.name).replace(target)
    return target


def to_exchange(course: Course, made: Path, *, force: bool = False) -> str:
    """Releases a handout through nbgrader's exchange, by its own step; the place in words."""
    config = Config(course.settings.config)
    require_exchange(config, *_other_way(made.name))
    directory = CourseDirectory(config=config)
    directory.root = str(course.root)
    directory.assignment_id = made.name
    directory.release_directory = str(made.parent.relative_to(course.root))
    factory = ExchangeFactory(config=config)
    step = factory.ReleaseAssignment(
        coursedir=directory, authenticator=Authenticator(config=config), parent=factory
    )
    step.force = force
    log = io.StringIO()
    with logged_to(step.log, log):
        try:
            step.start()
        except (ExchangeError, OSError, RuntimeError) as problem:
            raise _refused(made.name, str(problem)) from problem
    # A plugin's exchange may be no folder.
    return str(getattr(step, "dest_path", "nbgrader's exchange"))


def _other_way(assignment: str) -> tuple[str, str]:
    return (
        "Hand out a folder or a zip file:",
        f"autograder release {assignment} --zip {assignment}.zip",
    )


def require_exchange(config: Config, mend: str, command: str) -> None:
    """Raises NotHandedOut, with what to do instead, where the course has no exchange: nbgrader
    itself would make a folder for one that nobody asked for.
    """
    if (
        "root" in config.Exchange
        or "release_assignment" in config.ExchangeFactory
        or Path(Exchange(config=config).root).is_dir()
    ):
        return
    raise NotHandedOut(
        "This course has no exchange of nbgrader's: c.Exchange.root is not set in "
        "course_config.py.",
        mend,
        command,
    )


def _require_folder(target: Path, *, force: bool) -> None:
    if target.exists():
        if not _is_handout(target):
            raise NotHandedOut(
                f"{target} is there, and was not made by `autograder release`.",
                "Name another folder, or move it away.",
            )
        _require(force, target)
    _require_writable(target.parent)


def _require_zip(target: Path, *, force: bool) -> None:
    if target.suffix != ".zip" or target.is_dir():
        raise NotHandedOut(f"{target.name} is not the name of a zip file.", "Let it end in .zip.")
    if target.exists():
        _require(force, target)
    _require_writable(target.parent)


def _refused(assignment: str, why: str) -> NotHandedOut:
    if why.startswith(_IN_EXCHANGE):
        fact = f"{assignment} is in the exchange already."
        return NotHandedOut(fact, "Add --force to replace it for those who have not fetched it.")
    return NotHandedOut(f"{assignment} could not be put into the exchange: {why.rstrip('.')}.")


def _require(force: bool, target: Path) -> None:
    if not force:
        raise NotHandedOut(f"{target} is there already.", "Add --force to replace it.")


def _is_handout(folder: Path) -> bool:
    try:
        return (folder / HOW_TO).read_text(encoding="utf-8").startswith(_FIRST_LINE)
    except (OSError, UnicodeDecodeError):
        return False


def _require_writable(folder: Path) -> None:
    """The folder, or the nearest above it that is there, since it is made only when needed."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as problem:
        raise _cannot_write(folder, problem) from problem


def _cannot_write(folder: Path, problem: OSError) -> NotHandedOut:
    fact = f"{folder} cannot be written ({problem.strerror or problem})."
    return NotHandedOut(fact, "Name another folder.")


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".handout-", dir=target.parent) as folder:
            yield Path(folder)
    except OSError as problem:
        raise _cannot_write(target.parent, problem) from problem


def _how_to(assignment: str, wheel: str, packages: Sequence[str]) -> str:
    names = textwrap.fill(f"{in_words(packages)}.", 76, initial_indent=_IN, subsequent_indent=_IN)
    values = {"assignment": assignment, "wheel": wheel, "packages": names.strip()}
    text = _TEMPLATE.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return text
