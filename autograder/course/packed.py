"""An assignment as plain data: all that judging an answer to it needs, wherever that happens."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.checks import tool_files
from autograder.checks.facts import CourseFacts
from autograder.checks.trail import Trail
from autograder.course.cells import REFERENCE_LEFT_OUT, judged_cells, source_points
from autograder.course.check_parts import digests_by_exercise
from autograder.course.course import Course
from autograder.course.digest import as_they_lie, digest
from autograder.course.digits import (
    Undistorted,
    grading_data,
    read_shown,
    shown_key,
    undistorted_digits,
)
from autograder.course.own_files import read_own_files
from autograder.course.rounds import seed
from autograder.errors import ChecksBroken
from autograder.feedback.block import STUDENT, Audience
from autograder.files import write_whole
from autograder.hand_in.cells import KnownCell, cell_ids, exercise_points, grade_id
from autograder.judge.records import Cell, TimeLimits
from autograder.kernel.plan import KernelPlan
from autograder.mnist import copies_in_packages


@dataclass(frozen=True, kw_only=True)
class Packed:
    """An assignment in one of its rounds. `key` is the same where all answers are judged the same.

    `text` are the sources of cells without a name. `cells` are the reference's notebook, `left_out`
    those of them that its namespace in the judge does without. `checks` holds the files of hidden
    checks by name, `shown` the key of the digits that kernels see, of which the first `at_home`
    test digits are as students have them. What stands behind `trail` is not in the key: it follows
    from the rest, or changes only how a result is shown.
    """

    assignment: str
    points: Mapping[str, float]
    known: tuple[KnownCell, ...]
    ids: Mapping[str, str]
    text: frozenset[str]
    cells: tuple[Cell, ...]
    left_out: frozenset[str]
    checks: Mapping[str, bytes]
    files: Mapping[str, bytes]
    handed_in_files: tuple[str, ...]
    seed: bytes
    number: int
    hidden: Undistorted
    shown: str
    at_home: int
    limits: TimeLimits
    kernel: Mapping[str, Any]
    facts: CourseFacts
    output: Mapping[str, int] = field(default_factory=dict)
    trail: Trail | None = None
    audience: Audience = STUDENT

    @cached_property
    def key(self) -> str:
        """What a result depends on beside the submission and the versions."""
        return digest(_parts(self))

    @cached_property
    def beside_checks(self) -> str:
        """What a result depends on beside the submission, the versions and the hidden checks."""
        return digest(_parts(self, left_out=("checks",)))

    @cached_property
    def of_exercises(self) -> Mapping[str, str]:
        """By exercise, what its result depends on in the hidden checks; {} where nobody knows."""
        return {name: one[:16] for name, one in digests_by_exercise(self.checks).items()}

    @cached_property
    def edition(self) -> str:
        """What tells this object from others: the key, and what is not in it."""
        trail = self.trail.to_json() if self.trail is not None else None
        return digest([self.key, json.dumps(trail), repr(self.audience)])


_NOT_IN_KEY = ("trail", "audience", "number")


def _parts(packed: Packed, left_out: Sequence[str] = ()) -> Iterator[str]:
    for one in dataclasses.fields(packed):
        if one.name not in (*_NOT_IN_KEY, *left_out):
            yield f"{one.name} {_told(getattr(packed, one.name))}"


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{name} {_told(value[name])}" for name in sorted(value))
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Undistorted):
        return value.key
    if isinstance(value, frozenset):
        return repr(sorted(value))
    return repr(value)


def pack(
    course: Course, assignment: str, known: Sequence[KnownCell] | None = None, number: int = 1
) -> Packed:
    """An assignment of a course, packed. `known` are its cells as the gradebook has them; without
    them the source notebook says what each exercise is worth.

    Raises ChecksBroken, MissingFile, and what making the digits ready raises.
    """
    source = course.source_notebook(assignment)
    judged = judged_cells(source)
    settings, output = course.settings, course.settings.config.LimitOutput
    return Packed(
        assignment=assignment,
        points=source_points(source) if known is None else exercise_points(known),
        known=tuple(known or ()),
        ids=cell_ids(source),
        text=frozenset(cell.source for cell in source.cells if not grade_id(cell)),
        cells=tuple(judged.values()),
        left_out=frozenset(
            cell.name
            for index, cell in judged.items()
            if REFERENCE_LEFT_OUT in source.cells[index].metadata.get("tags", [])
        ),
        checks=check_files(course, assignment),
        files=read_own_files(course, assignment),
        handed_in_files=tuple(settings.grading.handed_in_files),
        seed=seed(course, assignment, number),
        number=number,
        hidden=undistorted_digits(course, assignment, number),
        shown=shown_digits(course)[0],
        at_home=settings.mnist.test_samples,
        limits=judge_limits(course),
        kernel=kernel_limits(course),
        facts=course_facts(course),
        output={name: output[name] for name in ("max_lines", "max_traceback") if name in output},
        audience=Audience(
            show_hints=settings.feedback.show_hints, show_values=settings.feedback.show_values
        ),
    )


def check_files(course: Course, assignment: str) -> dict[str, bytes]:
    """The hidden checks of an assignment, the modules beside them and the tools that they have on
    the student's side; raises ChecksBroken.
    """
    folder = course.checks_folder(assignment)
    found = {path.name: path.read_bytes() for path in sorted(folder.glob("*.py"))}
    found |= {
        f"{tool_files.FOLDER}/{path.name}": path.read_bytes() for path in tool_files.files(folder)
    }
    if not any(name.startswith("test_") for name in found):
        raise ChecksBroken(assignment, f"{folder} holds no test_*.py")
    return found


def shown_digits(course: Course) -> tuple[str, Path]:
    """The key of the digits that kernels see, and where they lie on this machine."""
    root = grading_data(course).root
    sign, key = _note(root)
    if sign != _sign(root):
        note_shown(root)
        _, key = _note(root)
    return key, root


def note_shown(root: Path) -> None:
    """Notes the key of the digits at `root`, so that they need not be read to be known."""
    write_whole(_note_of(root), f"{_sign(root)} {shown_key(read_shown(root))}\n")


def lie_at(root: Path, key: str) -> bool:
    """Whether the digits of this key lie at `root`, unchanged since that was noted."""
    return _note(root) == (_sign(root), key)


def _note(root: Path) -> tuple[str, str]:
    try:
        sign, key = _note_of(root).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return "", ""
    return sign, key


def _note_of(root: Path) -> Path:
    return root.with_name(f"{root.name}.key")


def _sign(root: Path) -> str:
    """What changes with any of the files below a folder."""
    return digest(as_they_lie(path for path in sorted(root.rglob("*")) if path.is_file()))


def kernel_env(shown: Path) -> dict[str, str]:
    """What a kernel's environment holds beyond the kit's own: where the digits are."""
    return {"MNIST_ROOT": str(shown)}


def kernel_plan(
    kernel: Mapping[str, Any], env: Mapping[str, str], files: Mapping[str, Path] | None = None
) -> KernelPlan:
    """How kernels are started: forked from a warm process, in the sandbox. `files` are copied into
    their working folder, to these paths.
    """
    limits = dict(kernel)
    allow_no_sandbox = limits.pop("allow_no_sandbox")
    outputs = {name: limits.pop(name) for name in ("output_chars", "notebook_output_chars")}
    return KernelPlan(
        sandbox={
            "readable": list(env.values()),
            # Without a network the hidden digits come from there, labels and all.
            "hidden": [str(path) for path in copies_in_packages()],
            "env": dict(env),
            "copied": {name: str(path) for name, path in (files or {}).items()},
            "limits": limits,
            "allow_no_sandbox": allow_no_sandbox,
        },
        **outputs,
    )


def kernel_limits(course: Course) -> dict[str, Any]:
    """What one kernel may use, and whether without a sandbox, by the names of the settings."""
    of_kernel = ("memory_mb", "cpu_s", "threads", "processes", "scratch_mb")
    names = (*of_kernel, "output_chars", "notebook_output_chars")
    found = {name: getattr(course.settings.limits, name) for name in names}
    return {**found, "allow_no_sandbox": course.settings.sandbox.allow_no_sandbox}


def plan_without_digits(course: Course) -> KernelPlan:
    """A kernel of this course that needs no digits: none are made ready for it."""
    return kernel_plan(kernel_limits(course), {})


def judge_limits(course: Course) -> TimeLimits:
    limits = course.settings.limits
    return TimeLimits(cell_s=limits.cell_s, call_s=limits.call_s, submission_s=limits.submission_s)


def course_facts(course: Course) -> CourseFacts:
    """What the checks may know of the course."""
    grading = course.settings.grading
    return CourseFacts(
        digits=shown_digits(course)[0],
        minimum_accuracy=grading.minimum_accuracy,
        full_marks_accuracy=grading.full_marks_accuracy,
    )
