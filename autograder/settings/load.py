"""`load`: a course's settings, read from its configuration files and checked."""

from __future__ import annotations

import contextlib
import difflib
import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from traitlets import TraitError
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.errors import MissingFile, SettingsProblem, UnknownName
from autograder.settings.traits import (
    CLASSES,
    Course,
    FeedbackText,
    Grading,
    Limits,
    MnistData,
    Requests,
    Review,
    SandboxPolicy,
    Verifying,
)

ENTRY_FILE = "nbgrader_config.py"
COURSE_FILE = "course_config.py"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """A course's settings. `config` is what nbgrader's own classes are given."""

    root: Path
    config: Config
    limits: Limits
    mnist: MnistData
    grading: Grading
    feedback: FeedbackText
    review: Review
    requests: Requests
    verifying: Verifying
    course: Course
    sandbox: SandboxPolicy

    def path(self, text: str) -> Path:
        """A path from the settings, relative to the course's root."""
        return (self.root / text).resolve()


def find_root(start: Path) -> Path:
    """The folder of the course: `start` or the nearest above it that has a course_config.py."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / COURSE_FILE).is_file():
            return folder
    raise MissingFile(
        start / COURSE_FILE,
        "the settings of the course",
        "Go to the folder of the course, or name it behind the command, as in:",
        "autograder doctor --course FOLDER",
    )


def load(root: Path) -> Settings:
    """The settings of the course in `root`; raises SettingsProblem or UnknownName."""
    if not (root / COURSE_FILE).is_file():
        raise MissingFile(root / COURSE_FILE, "the settings of the course")
    name = ENTRY_FILE if (root / ENTRY_FILE).is_file() else COURSE_FILE
    # As nbgrader's own commands do: a course may have a module with its plugins.
    if str(root) not in sys.path:
        sys.path.append(str(root))
    return from_config(_read(root, name), root)


def from_config(config: Config, root: Path) -> Settings:
    """The settings in a loaded configuration, as stock nbgrader and Formgrader hand it over."""
    _check_names(config)
    try:
        with _quiet():
            settings = Settings(
                root=root.resolve(),
                config=config,
                limits=Limits(config=config),
                mnist=MnistData(config=config),
                grading=Grading(config=config),
                feedback=FeedbackText(config=config),
                review=Review(config=config),
                requests=Requests(config=config),
                verifying=Verifying(config=config),
                course=Course(config=config),
                sandbox=SandboxPolicy(config=config),
            )
    except TraitError as problem:
        raise SettingsProblem(COURSE_FILE, str(problem)) from problem
    low, high = settings.grading.minimum_accuracy, settings.grading.full_marks_accuracy
    if low >= high:
        fact = f"Grading.minimum_accuracy is {low:g} and Grading.full_marks_accuracy is {high:g}."
        raise SettingsProblem(COURSE_FILE, fact, "The first must be below the second.")
    others = sorted(settings.review.shares.keys() - set(settings.review.graders))
    if others:
        fact = f"Review.shares names {others[0]}, and Review.graders does not."
        raise SettingsProblem(COURSE_FILE, fact, "Name each grader in both.")
    return settings


def _read(root: Path, name: str) -> Config:
    try:
        return PyFileConfigLoader(name, path=str(root)).load_config()
    except ConfigFileNotFound as problem:
        raise MissingFile(root / name, "the settings of the course") from problem
    except SyntaxError as problem:
        where = Path(problem.filename or name).name
        raise SettingsProblem(
            where, f"line {problem.lineno} is no Python: {problem.msg}."
        ) from problem
    except Exception as problem:
        where, line = _place(problem, root)
        fact = f"line {line} cannot be run: {type(problem).__name__}: {problem}."
        raise SettingsProblem(where or name, fact) from problem


def _place(problem: Exception, root: Path) -> tuple[str, int]:
    """The course's own file, and its line, that an exception came from: the innermost one."""
    for frame in reversed(traceback.extract_tb(problem.__traceback__)):
        if Path(frame.filename).parent == root:
            return Path(frame.filename).name, frame.lineno or 0
    return "", 0


def _check_names(config: Config) -> None:
    """Unknown settings are refused: a misspelt limit would silently be no limit."""
    ours = {cls.__name__: cls for cls in CLASSES}
    for section, values in config.items():
        if section in ours:
            known = ours[section].class_trait_names(config=True)
            for name in values:
                if name not in known:
                    raise UnknownName(f"setting of {section}", name, known, COURSE_FILE)
        elif isinstance(values, Config) and values and _is_misspelt(section, ours):
            raise UnknownName("class of settings", section, ours, COURSE_FILE)


def _is_misspelt(section: str, ours: Iterable[str]) -> bool:
    # nbgrader's own classes with names that are close to one of ours.
    if section in ("Feedback", "FeedbackApp", "GenerateFeedback", "LimitOutput"):
        return False
    in_lower_case = [name.lower() for name in ours]
    return bool(difflib.get_close_matches(section.lower(), in_lower_case, n=1, cutoff=0.7))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """traitlets also logs what it raises."""
    log = logging.getLogger("traitlets")
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before
