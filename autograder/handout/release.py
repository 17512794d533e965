"""`assignments/` from `solutions/`, by nbgrader's own release step, built aside and swapped in.

nbgrader's generate_assignment deletes the old release before it knows that the new one can be
made; here a failure leaves everything as it was.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config

from autograder.checks import tool_files
from autograder.course.cells import GUARD_BEGIN, GUARD_END
from autograder.course.course import Course
from autograder.course.exercises import no_hidden_check, unchecked_exercises
from autograder.course.own_files import own_files, unlisted_files
from autograder.course.rubrics import rubric_files
from autograder.errors import ChecksBroken, KitError
from autograder.files import keep_only, swap, work_folder
from autograder.hand_in.cells import grade_id, is_checks
from autograder.handout.saving_cells import AskGradebook, SaveCellsAtOnce
from autograder.nbgrader_bridge.gradebook import knows, put_scripts_on_path
from autograder.nbgrader_bridge.logs import logged_to

_MOST_NAMED: Final = 5
_TELLTALES: Final = ("BEGIN SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
# Whether the gradebook is left alone, asked whether it takes the release, or told of it.
_Gradebook = Literal["leave", "ask", "write"]


class ReleaseFailed(KitError):
    """An assignment that cannot be released as its source stands."""

    def __init__(self, assignment: str, why: str, mend: str = "") -> None:
        super().__init__(f"{assignment} was not built: {why}", mend or "The old release stays.")


def build(course: Course, assignment: str, *, into: Path | None = None) -> Path:
    """Makes the release of an assignment and swaps it in; the folder that students get.

    `into` is another place than the course's own `assignments/`. The gradebook is not touched.
    Raises ReleaseFailed.
    """
    target = (into or course.root / course.directory.release_directory) / assignment
    with prepared(course, assignment, "leave") as made:
        swap(made, target)
    return target


def build_and_register(course: Course, assignment: str) -> Path:
    """`build`, and the gradebook is told of it; where either refuses, both stay as they were.

    Raises ReleaseFailed.
    """
    with prepared(course, assignment) as made:
        return put_in_place(course, assignment, made)


def register(course: Course, assignment: str) -> None:
    """Writes the assignment's cells and points into the gradebook, which grading reads."""
    course.require_assignment(assignment)
    with work_folder(course.work) as work:
        _generate(course, assignment, work, "write")


@contextlib.contextmanager
def prepared(
    course: Course, assignment: str, gradebook: Literal["leave", "ask"] = "ask"
) -> Iterator[Path]:
    """The release of an assignment in a folder aside, looked through; gone at the end.

    The gradebook is asked whether it would take the release, and not written to. Raises
    ReleaseFailed.
    """
    course.require_assignment(assignment)
    check_own_files(course, assignment)
    check_guards(course, assignment)
    check_hidden_checks(course, assignment)
    with work_folder(course.work) as work:
        made = _generate(course, assignment, work, gradebook)
        # nbgrader releases all that lies beside a notebook.
        keep_only(made, [f"{assignment}.ipynb", *own_files(course, assignment)])
        _check_release(course, assignment, made)
        yield made


def put_in_place(course: Course, assignment: str, made: Path) -> Path:
    """Tells the gradebook of a prepared release, then swaps it in; the folder that students get.

    A kill in between leaves the old release beside the new cells: building again brings both
    together.
    """
    target = course.root / course.directory.release_directory / assignment
    register(course, assignment)
    swap(made, target)
    return target


def _generate(course: Course, assignment: str, work: Path, gradebook: _Gradebook) -> Path:
    config = _config(course, assignment, gradebook)
    directory = CourseDirectory(config=config)
    directory.root = str(course.root)
    directory.db_url = course.db_url
    directory.assignment_id = assignment
    directory.release_directory = str((work / "release").relative_to(course.root))
    converter = GenerateAssignment(coursedir=directory, config=config)
    converter.force = True
    put_scripts_on_path()
    log = io.StringIO()
    with logged_to(converter.log, log):
        try:
            converter.start()
        except NbGraderException as problem:
            raise _refusal(assignment, log.getvalue(), problem) from problem
    return work / "release" / assignment


def _config(course: Course, assignment: str, gradebook: _Gradebook) -> Config:
    """The course's own configuration, with another step in the place of nbgrader's SaveCells."""
    config = Config(course.settings.config)
    asked = gradebook == "ask" and knows(course.db_url, assignment)
    ours = SaveCellsAtOnce if gradebook == "write" else AskGradebook
    config.GenerateAssignment.no_database = gradebook != "write"
    config.SaveCells.enabled = asked or gradebook == "write"
    steps = GenerateAssignment(config=config).preprocessors
    config.GenerateAssignment.preprocessors = [
        ours if step in (SaveCells, "nbgrader.preprocessors.SaveCells") else step for step in steps
    ]
    return config


def _refusal(assignment: str, log: str, problem: Exception) -> ReleaseFailed:
    why = [line for line in log.splitlines() if "Error" in line] or [str(problem)]
    if "Cannot add or remove cells" in log or "Cannot modify existing assignment" in log:
        fact = "the gradebook holds submissions, and the source has other cells than they have."
        mend = (
            "Nothing was changed. Put the old cells back: their points and text may change, and 0 "
            "points take an exercise out of the total. Or make a new assignment of the new cells."
        )
        return ReleaseFailed(assignment, fact, mend)
    return ReleaseFailed(assignment, why[-1].strip())


def check_guards(course: Course, assignment: str) -> None:
    """Raises ReleaseFailed unless each graded cell raises where our judge does not run.

    Without that, stock nbgrader gives full marks to whatever prints nothing.
    """
    for cell in course.source_notebook(assignment).cells:
        if is_checks(cell):
            hidden = cell.source.partition(GUARD_BEGIN)[2].partition(GUARD_END)
            if "raise" not in hidden[0] or hidden[1] != GUARD_END:
                name = grade_id(cell)
                mend = f"End it with {GUARD_BEGIN}, a line that raises, and {GUARD_END}."
                raise ReleaseFailed(assignment, f"the cell {name} has no guard.", mend)


def check_hidden_checks(course: Course, assignment: str) -> None:
    """Raises ReleaseFailed unless each exercise has a hidden check: else everybody gets 0."""
    try:
        missing = unchecked_exercises(course, assignment)
    except ChecksBroken as broken:
        why = f"its hidden checks cannot be used: {broken.why}"
        raise ReleaseFailed(assignment, why, f"Fix tests/hidden/{assignment}.") from broken
    if missing:
        raise ReleaseFailed(assignment, *no_hidden_check(assignment, missing))


def check_own_files(course: Course, assignment: str) -> None:
    """Raises ReleaseFailed for a file beside the notebook that nobody has listed: it may hold the
    solution.
    """
    unlisted = unlisted_files(course, assignment)
    others = [name for name in unlisted if name.endswith(".ipynb")]
    if others:
        fact = f"its folder holds another notebook: {', '.join(others)}."
        raise ReleaseFailed(assignment, fact, "An assignment has one: move the other elsewhere.")
    if unlisted:
        names = ", ".join(unlisted[:_MOST_NAMED]) + (" …" if len(unlisted) > _MOST_NAMED else "")
        fact = f"nothing says whether students get {names}."
        first = unlisted[0]
        mend = (
            f"In course_config.py, c.Course.files = [{first!r}] gives it to them, and "
            f"c.CourseDirectory.ignore = [{Path(first).name!r}, …] keeps it back. "
            "Or move it elsewhere."
        )
        raise ReleaseFailed(assignment, fact, mend)


def _check_release(course: Course, assignment: str, folder: Path) -> None:
    path = folder / f"{assignment}.ipynb"
    if not path.is_file():
        raise ReleaseFailed(assignment, "nbgrader made no notebook of that name.")
    for cell in nbformat.read(path, as_version=4).cells:
        word = _telltale(cell.source)
        if word:
            raise ReleaseFailed(assignment, f"the release would still hold a {word} line.")
    checks = course.checks_folder(assignment)
    hidden = {path.read_bytes() for path in (*checks.glob("*.py"), *tool_files.files(checks))}
    rubrics = {path.read_bytes() for path in rubric_files(course, assignment)}
    for name, file in own_files(course, assignment).items():
        content = file.read_bytes()
        word = _telltale(content.decode("utf-8", "replace"))
        what = f"a {word} line" if word else "hidden checks" if content in hidden else ""
        what = "a rubric" if content in rubrics else what
        if what:
            mend = "Take it out of c.Course.files, or take that out of the file."
            raise ReleaseFailed(assignment, f"{name}, which students get, holds {what}.", mend)


def _telltale(text: str) -> str:
    """What a text holds that students must not see."""
    return next((word for word in _TELLTALES if word in text), "")
