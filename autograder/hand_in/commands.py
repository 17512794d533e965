"""The students' commands: `check-hand-in` and `carry-answers`. They run nothing and ask no network.

Runs in: students' machines, by the wheel that they install. `python -m autograder.hand_in` is
`check-hand-in` where a terminal does not find that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from autograder.errors import KitError
from autograder.hand_in.carry import Carried, carry
from autograder.hand_in.files import MAX_BYTES, shown_name
from autograder.hand_in.look import Looked, look_at

_MEGABYTE: Final = 1_000_000


def check_hand_in(arguments: Sequence[str] | None = None) -> int:
    """`check-hand-in FILE`: 0 where that would be graded, 1 where it would wait for a person."""
    parser = argparse.ArgumentParser(
        prog="check-hand-in",
        description="Looks at a notebook as grading will, before you hand it in. Nothing of it "
        "runs: whether an answer is right, the checks in the notebook say.",
    )
    parser.add_argument("file", type=Path, help="the notebook, or the folder that you hand in")
    parser.add_argument(
        "--assignment", default="", help="which assignment it is for, where its cells do not say"
    )
    wanted = parser.parse_args(arguments)

    def look() -> int:
        looked = look_at(wanted.file, wanted.assignment)
        print("\n".join(_lines(looked)))
        return 1 if looked.received.waits else 0

    return _exit_code_of(look)


def carry_answers(arguments: Sequence[str] | None = None) -> int:
    """`carry-answers OLD NEW`: 0 where all answers of the old notebook stand in the new one."""
    parser = argparse.ArgumentParser(
        prog="carry-answers",
        description="Writes the answers of an old notebook into a new edition of it. Cells of the "
        "new one that you have changed already stay as they are, and the old one as it is.",
    )
    parser.add_argument("old", type=Path, help="the notebook with your answers")
    parser.add_argument("new", type=Path, help="the new edition, as it was handed out")
    wanted = parser.parse_args(arguments)

    def move() -> int:
        done = carry(wanted.old, wanted.new)
        print("\n".join(_account(done, wanted.old.name, wanted.new.name)))
        return 1 if done.kept or done.dropped else 0

    return _exit_code_of(move)


def _exit_code_of(work: Callable[[], int]) -> int:
    """What cannot be done is said in a line, with the exit code of its kind."""
    try:
        return work()
    except KitError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code


def _lines(looked: Looked) -> Iterator[str]:
    received = looked.received
    if received.waits:
        yield f"It could not be graded like this: a person would have to look. {received.waits}"
        yield f"Hand in {looked.wanted}, saved in Jupyter."
        return
    size = f"{looked.size / _MEGABYTE:.1f} MB" if looked.size >= _MEGABYTE / 10 else "under 0.1 MB"
    assignment = looked.release.assignment
    yield f"{shown_name(received.file)}: {assignment}, {size}, hand-in code {received.code}"
    yield ""
    yield _count("Exercises", looked.answers, [*looked.unanswered, *looked.missing])
    if looked.questions:
        yield _count("Written answers", looked.questions, looked.unwritten)
    remarks = list(_remarks(looked))
    if remarks:
        yield ""
        yield "Before you hand it in:"
        yield from (f"- {remark}" for remark in remarks)
    yield ""
    yield "Nothing was run: whether an answer is right, the checks in the notebook say."
    yield "The hand-in code is of the file as it is saved now; your feedback page will show it."


def _count(title: str, all_: Sequence[str], open_: Sequence[str]) -> str:
    left = f". Open: {', '.join(open_)}" if open_ else ""
    return f"{title}: {len(all_) - len(open_)} of {len(all_)} answered{left}."


def _remarks(looked: Looked) -> Iterator[str]:
    received = looked.received
    if received.file != looked.wanted:
        yield f"Call the file {looked.wanted}. It would be graded as it is, with a note."
    yield from received.notes_for_ta
    for name in looked.missing:
        yield f"{name}: no cell for it was found. Take it from the notebook as it was handed out."
    for name, why in looked.broken.items():
        yield f"{name}: Python cannot read its cell ({why})."
    if looked.untagged:
        names = ", ".join(looked.untagged)
        yield f"These cells lost their names and are known by what they define: {names}."
    if looked.put_back:
        names = ", ".join(looked.put_back)
        yield f"Changed or deleted, and graded as they were given out: {names}."
    if looked.size > MAX_BYTES / 2:
        yield f"It is large: over {MAX_BYTES // _MEGABYTE} MB it is not read. Clear the outputs."


def _account(done: Carried, old: str, new: str) -> Iterator[str]:
    old, new = shown_name(old), shown_name(new)
    if done.carried:
        yield f"Carried into {new}: {', '.join(done.carried)}."
    if done.own:
        yield f"Cells of your own carried along: {done.own}."
    if not done.carried and not done.own:
        yield f"Nothing was carried: {new} is as it was."
    for name, now in done.changed.items():
        yield f"{name}: the new edition defines {now}. Look at your answer again."
    if done.kept:
        names = ", ".join(done.kept)
        yield f"Left as they are in {new}, where they hold another answer: {names}."
    if done.dropped:
        yield f"Only in {old}, as {new} has no cell for it: {', '.join(done.dropped)}."
