"""The classes that `course_config.py` configures, each trait with a default that works."""

from __future__ import annotations

import re
from typing import Any, Final

from traitlets import Bool, Dict, Float, Integer, List, TraitError, Unicode, validate
from traitlets.config import Configurable

from autograder.settings.moments import moment_of

_MOST_DAYS: Final = 3650
_PACKAGE_NAME: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")


class Limits(Configurable):
    """What a submission may use. Every limit is kept from outside the student's process."""

    cell_s = Float(
        120.0, help="Seconds of wall time that one cell may run, its training included."
    ).tag(config=True)
    call_s = Float(20.0, help="Seconds of wall time that one call of a hidden check may take.").tag(
        config=True
    )
    submission_s = Float(
        600.0, help="Seconds of wall time for a whole submission: cells, checks, second tries."
    ).tag(config=True)
    memory_mb = Integer(
        4096, allow_none=True, help="Memory of a submission's processes together; None: no limit."
    ).tag(config=True)
    cpu_s = Float(
        900.0,
        allow_none=True,
        help="Seconds of CPU time of its processes together; None: no limit.",
    ).tag(config=True)
    judge_memory_mb = Integer(
        4096,
        allow_none=True,
        help="Memory that judging a submission may take, beside the submission's own; None: no "
        "limit. What goes beyond is tried once more, alone, then waits for a person.",
    ).tag(config=True)
    threads = Integer(
        512, allow_none=True, help="Threads of its processes together; None: no limit."
    ).tag(config=True)
    processes = Integer(
        64, allow_none=True, help="Processes of a submission at one time; None: no limit."
    ).tag(config=True)
    scratch_mb = Integer(
        512, allow_none=True, help="What a submission may write, in all; None: no limit."
    ).tag(config=True)
    output_chars = Integer(
        200_000, help="Characters of output that are kept of a cell; the rest is cut."
    ).tag(config=True)
    notebook_output_chars = Integer(
        2_000_000, help="Characters of output that are kept of all cells together."
    ).tag(config=True)

    @validate(
        *("cell_s", "call_s", "submission_s", "cpu_s", "processes", "threads", "scratch_mb"),
        *("output_chars", "notebook_output_chars"),
    )
    def _positive(self, proposal: Any) -> Any:
        return _above(proposal, 0, "Set it to a number above 0.")

    @validate("memory_mb", "judge_memory_mb")
    def _enough_memory(self, proposal: Any) -> Any:
        mend = "A kernel needs at least 256 MB. Set it to 4096, or to None for no limit."
        return _above(proposal, 255, mend)


class MnistData(Configurable):
    """Where MNIST comes from, and how much of it is used while grading."""

    root = Unicode("data", help="The folder, in torchvision's layout, that is made ready.").tag(
        config=True
    )
    also_look_in = List(
        Unicode(), help="Folders that may hold MNIST already (also as .gz): asked before the net."
    ).tag(config=True)
    download = Bool(True, help="Whether torchvision may download what is missing.").tag(config=True)
    train_samples = Integer(
        None,
        allow_none=True,
        help="Training digits that kernels see while grading: the first ones of the set; "
        "None: all, as on students' machines.",
    ).tag(config=True)
    test_samples = Integer(
        1000,
        help="Test digits that kernels see while grading as students' machines have them: the "
        "first ones, at most half of all. Behind them stand others of the same label, so that "
        "the set is as long as at home and what a trained model is judged on stays hidden.",
    ).tag(config=True)
    hidden_samples = Integer(
        2000, help="Hidden test digits, at most, that decide the accuracy of a trained model."
    ).tag(config=True)

    hidden_distortion = Float(
        1.0,
        help="How far hidden digits are changed before a model reads them. At 1 each is moved by "
        "up to half a pixel, turned by up to 6 degrees, resized by up to 5 %, dimmed by up to "
        "20 % and roughened a little; the bounds grow with the number; at 0 nothing is changed.",
    ).tag(config=True)

    @validate("hidden_distortion")
    def _readable(self, proposal: Any) -> Any:
        if not 0 <= proposal["value"] <= 4:
            raise _wrong(proposal, "Set it to a number from 0 to 4: beyond, people misread them.")
        return proposal["value"]

    @validate("train_samples", "test_samples", "hidden_samples")
    def _positive(self, proposal: Any) -> Any:
        return _above(proposal, 0, "Set it to a number above 0.")


class Grading(Configurable):
    """What a trained model must reach, and how a class is graded."""

    minimum_accuracy = Float(
        0.70, help="Accuracy on hidden digits below which a trained model earns nothing, 0…1."
    ).tag(config=True)
    full_marks_accuracy = Float(
        0.85, help="Accuracy from which it earns everything; between the two, a straight line."
    ).tag(config=True)
    workers = Integer(
        0, help="Submissions graded at one time; 0: one more than there are processor cores."
    ).tag(config=True)
    executor = Unicode(
        help="What runs the workers, where it is not processes on this machine: MODULE.FUNCTION of "
        "a function that is given their number and returns a concurrent.futures.Executor of "
        "processes, here or on other machines. MODULE.py may stand beside course_config.py.",
    ).tag(config=True)
    packages = List(
        Unicode(),
        help="Packages that answers may use besides torch, torchvision, numpy, matplotlib, pandas, "
        "scikit-learn and tqdm, by the names that pip knows: students' machines get them with the "
        "course's checks, and `autograder doctor` asks for them. Install them here yourself.",
    ).tag(config=True)

    handed_in_files = List(
        Unicode(),
        help="Files beside a student's notebook that answers may read and import while grading, "
        "such as modules of the student's own, as patterns of their path in the folder: "
        "'helper.py', '*.py', '4-training/*.py' for one assignment alone. At most 50 of 1 MB each.",
    ).tag(config=True)

    @validate("handed_in_files")
    def _beside(self, proposal: Any) -> Any:
        return _below_a_folder(proposal, "the submission's")

    @validate("minimum_accuracy", "full_marks_accuracy")
    def _share(self, proposal: Any) -> Any:
        return _share(proposal)

    @validate("packages")
    def _names(self, proposal: Any) -> Any:
        for name in proposal["value"]:
            if not _PACKAGE_NAME.fullmatch(name):
                raise _wrong(proposal, f"{name!r} is not the name of a package: write 'seaborn'.")
        return proposal["value"]

    @validate("workers")
    def _workers(self, proposal: Any) -> Any:
        return _above(proposal, -1, "Set it to 0 or more.")


class FeedbackText(Configurable):
    """What students' pages say of hidden checks."""

    show_values = Bool(
        False, help="Whether pages show the hidden values that an answer was compared with."
    ).tag(config=True)
    show_hints = Bool(True, help="Whether pages show hints below the facts.").tag(config=True)
    solutions = Unicode(
        "never",
        help="Whether pages show the reference below an answer that lost points: 'never', or "
        "'closed': once the due date and every extension in the gradebook are over, and the round "
        "in which the answer was graded has ended. Without a due date nothing is closed.",
    ).tag(config=True)

    @validate("solutions")
    def _known(self, proposal: Any) -> Any:
        if proposal["value"] not in ("never", "closed"):
            raise _wrong(proposal, "Set it to 'never' or 'closed'.")
        return proposal["value"]


class Review(Configurable):
    """The queue of what needs a person."""

    graders = List(
        Unicode(),
        help="Who works off the queue, such as ['ann', 'ben']: `autograder review A --mine ann` "
        "shows a grader's share. Each submission goes to one of them, always the same.",
    ).tag(config=True)
    shares = Dict(
        key_trait=Unicode(),
        value_trait=List(Unicode()),
        help="By grader, the ids of students whose submissions are theirs, as in "
        "{'ann': ['s01', 's02']}; all others are dealt out to the graders by chance.",
    ).tag(config=True)
    formgrader_url = Unicode(
        "http://localhost:8888/formgrader",
        help="Where Formgrader is, for links: the address of its first page.",
    ).tag(config=True)

    @validate("graders")
    def _different(self, proposal: Any) -> Any:
        found = proposal["value"]
        if len(set(found)) < len(found) or not all(name.strip() for name in found):
            raise _wrong(proposal, "Name each grader once.")
        return found

    @validate("shares")
    def _once(self, proposal: Any) -> Any:
        named = [student for students in proposal["value"].values() for student in students]
        twice = sorted({student for student in named if named.count(student) > 1})
        if twice:
            raise _wrong(proposal, f"{twice[0]!r} has two graders: name each student once.")
        return proposal["value"]

    @validate("formgrader_url")
    def _address(self, proposal: Any) -> Any:
        if not re.fullmatch(r"https?://[^\s<>\"']+", proposal["value"]):
            raise _wrong(proposal, "Set it to an address that begins with http:// or https://.")
        return proposal["value"].rstrip("/")


class Requests(Configurable):
    """Until when students' questions about a grade are taken: `autograder request`."""

    close = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="By assignment, from when on no more questions about its grades are taken, as in "
        "{'1-tensors': '2026-12-01 18:00'}: by this machine's clock, or with ' UTC' behind it; a "
        "day alone counts to its end. For these assignments days_after_release says nothing.",
    ).tag(config=True)
    days_after_release = Float(
        None,
        allow_none=True,
        help="For how many days after the first release of a hand-in's feedback questions about "
        "its grade are taken; None: without end.",
    ).tag(config=True)

    @validate("close")
    def _moments(self, proposal: Any) -> Any:
        for text in proposal["value"].values():
            try:
                moment_of(text)
            except (ValueError, OverflowError) as problem:
                mend = f"{text!r} is not a moment: write '2026-12-01 18:00' or '2026-12-01'."
                raise _wrong(proposal, mend) from problem
        return proposal["value"]

    @validate("days_after_release")
    def _days(self, proposal: Any) -> Any:
        days = proposal["value"]
        if days is not None and not 0 < days <= _MOST_DAYS:
            mend = f"Set it to a number above 0 and up to {_MOST_DAYS:,}, or to None for no end."
            raise _wrong(proposal, mend)
        return days


class Verifying(Configurable):
    """How good hidden checks must be: `autograder verify --mutants`, `--checks`."""

    mutation_floor = Float(
        0.75,
        help="The share of the mutants of each exercise, equivalents left out, that its checks "
        "must notice, 0…1: small faults in the reference's code.",
    ).tag(config=True)
    mutation_goal = Float(
        0.90, help="The share that the checks of all exercises together must notice, 0…1."
    ).tag(config=True)
    check_floor = Float(
        0.97,
        help="The share of the lines of an assignment's checks, 0…1, that must be needed by an "
        "answer or carry a reason: broken on purpose, somebody notices.",
    ).tag(config=True)

    @validate("mutation_floor", "mutation_goal", "check_floor")
    def _share(self, proposal: Any) -> Any:
        return _share(proposal)


class Course(Configurable):
    """What an assignment consists of beside its notebook."""

    files = List(
        Unicode(),
        help="The files beside source notebooks that students get and answers may read, as "
        "patterns of their path in the assignment's folder: 'data.csv', 'images/*.png', "
        "'6-extra/helper.py' for one assignment alone. `build` stops at any other file there that "
        "c.CourseDirectory.ignore does not name.",
    ).tag(config=True)

    @validate("files")
    def _below(self, proposal: Any) -> Any:
        return _below_a_folder(proposal, "the assignment's")


class SandboxPolicy(Configurable):
    """How student code is kept from the machine."""

    allow_no_sandbox = Bool(
        False,
        help="Whether to grade on a Linux machine that can build no sandbox. Student code then "
        "runs with your own rights: allow it only for code that you trust. Without Linux there "
        "is no grading either way.",
    ).tag(config=True)


CLASSES: tuple[type[Configurable], ...] = (
    Limits,
    MnistData,
    Grading,
    FeedbackText,
    Review,
    Requests,
    Verifying,
    Course,
    SandboxPolicy,
)


def _below_a_folder(proposal: Any, whose: str) -> Any:
    for pattern in proposal["value"]:
        if pattern.startswith(("/", "~")) or ".." in pattern.split("/"):
            raise _wrong(proposal, f"{pattern!r} must lie in {whose} folder.")
    return proposal["value"]


def _share(proposal: Any) -> Any:
    if not 0 <= proposal["value"] <= 1:
        raise _wrong(proposal, "Write 90 % as 0.9.")
    return proposal["value"]


def _above(proposal: Any, bound: float, mend: str) -> Any:
    value = proposal["value"]
    if value is not None and not value > bound:
        raise _wrong(proposal, mend)
    return value


def _wrong(proposal: Any, mend: str) -> TraitError:
    owner, name = type(proposal["owner"]).__name__, proposal["trait"].name
    return TraitError(f"{owner}.{name} is {proposal['value']}. {mend}")
