"""A submission's cells judged, with the student's own files beside them, and what is said of how it
came.
"""

from __future__ import annotations

import contextlib
import dataclasses
import platform
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Final

from autograder.course.own_files import is_listed
from autograder.course.packed import Packed
from autograder.expect.printable import listed
from autograder.files import make_temporary, write_files
from autograder.hand_in.beside import files_beside
from autograder.hand_in.candidates import Received
from autograder.hand_in.files import Files
from autograder.hand_in.versions import Versions
from autograder.judge.records import Cell, Verdict
from autograder.marking.bench import Bench
from autograder.results import Reader, Report, Sentence

_MODULE: Final = ".py"


def judged(
    bench: Bench,
    cells: Sequence[Cell],
    received: Received,
    files: Mapping[str, bytes],
    notes: Sequence[Sentence],
    only: frozenset[str] | None = None,
) -> Verdict:
    """The verdict on what was received; `files` lie in the folder in which its cells run. `only`
    limits the checks that are run to some exercises.
    """
    if received.waits:
        why = f"{received.waits} {received.ask}"
        return bench.judge.wait(f"A person will look at what was handed in. {why}")
    with _laid(files) as paths:
        verdict = bench.judge.grade(cells, only=only, files=paths, public=True)
    said = [Sentence(text=text) for text in received.notes]
    said += [Sentence(text=text, reader=Reader.TA) for text in received.notes_for_ta]
    said += [*verdict.report.notes, *notes, *_on_versions(verdict.report, received.ran_with)]
    return dataclasses.replace(
        verdict, report=dataclasses.replace(verdict.report, notes=tuple(said))
    )


def with_kept(verdict: Verdict, before: Report, again: frozenset[str]) -> Verdict:
    """A verdict on some exercises, with an earlier report's results of all others."""
    kept = {one.exercise: one for one in before.exercises if one.exercise not in again}
    report = verdict.report
    exercises = tuple(kept.get(one.exercise, one) for one in report.exercises)
    told = {name: of for name, of in before.for_page.items() if name not in again}
    report = dataclasses.replace(report, exercises=exercises, for_page={**told, **report.for_page})
    return dataclasses.replace(verdict, report=report)


def own_files_of(
    handed_in: Files, received: Received, packed: Packed
) -> tuple[dict[str, bytes], list[Sentence]]:
    """The student's files that answers may read, by their path beside the notebook, and what is
    said of these and of modules that they may not.
    """
    if not received.file:
        return {}, []
    beside = files_beside(handed_in, received.file, packed.files)
    patterns = [*packed.handed_in_files]
    files = {
        name: content
        for name, content in beside.items()
        if is_listed(name, packed.assignment, patterns)
    }
    left = [n for n in beside if n not in files and PurePosixPath(n).suffix == _MODULE]
    said = []
    if files:
        said.append(Sentence(text=f"Answers could read: {listed(list(files))}."))
    if left:
        text = f"Handed in too, and not there for answers: {listed(left)}. The setting "
        text += "c.Grading.handed_in_files names what may be."
        said.append(Sentence(text=text, reader=Reader.TA))
    return files, said


@contextlib.contextmanager
def _laid(files: Mapping[str, bytes]) -> Iterator[dict[str, Path]]:
    """Files in a folder of this process's own, from which kernels get copies."""
    if not files:
        yield {}
        return
    folder, lock = make_temporary()
    with lock:
        try:
            write_files(folder / "files", files)
            yield {name: folder / "files" / name for name in files}
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _on_versions(report: Report, theirs: Versions) -> list[Sentence]:
    """Named only where points were lost: else a difference in versions is of no interest."""
    if report.points >= report.max_points or not theirs.differ_from(_ours()):
        return []
    text = f"This notebook last ran with {theirs}; it was graded with {_ours()}."
    return [Sentence(text=text)]


@cache
def _ours() -> Versions:
    python = platform.python_version_tuple()
    return Versions(python=".".join(python[:2]), torch=".".join(version("torch").split(".")[:2]))
