"""What the verbs share: the app, their options, progress, a line of output."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.cli import show
from autograder.errors import KitError
from autograder.settings.load import find_root, load

if TYPE_CHECKING:
    from autograder.course.course import Course

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Grade a PyTorch course: build notebooks, grade a class, make feedback pages.",
)
CourseFolder = Annotated[
    Path, typer.Option("--course", help="The folder of the course.", envvar="AUTOGRADER_COURSE")
]
Assignment = Annotated[str, typer.Argument(help="The assignment, such as 1-tensors.")]
Students = Annotated[
    list[str] | None, typer.Option("--student", "-s", help="Only this student; may be repeated.")
]
HERE: Final = Path()
_PATIENCE_S: Final = 2.0


class OneThing(KitError):
    """Options that each ask for another act."""

    exit_code = 2


def course_in(folder: Path) -> Course:
    """The course of a folder, or of one above it; raises what is wrong with its settings."""
    from autograder.course.course import open_course

    return open_course(load(find_root(folder.resolve())))


def progress_bar() -> Progress:
    """A bar on stderr that is gone at the end."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=show.err,
        transient=True,
        # No thread of its own: workers are forked while the bar is up.
        auto_refresh=False,
    )


@contextlib.contextmanager
def patiently(what: str, count: int) -> Iterator[Callable[[], None]]:
    """Gives what to call for each of so many things; after two seconds a bar shows how it goes."""
    begun = time.monotonic()
    bar = progress_bar()
    task = bar.add_task(what, total=count)

    def seen() -> None:
        bar.advance(task)
        # One that is never started leaves no line behind.
        if time.monotonic() - begun > _PATIENCE_S:
            bar.start()
            bar.refresh()

    try:
        yield seen
    finally:
        if bar.live.is_started:
            bar.stop()


def say(text: str) -> None:
    """Prints a line, whatever the text holds."""
    show.out.print(show.plain(text, 600), soft_wrap=True)
