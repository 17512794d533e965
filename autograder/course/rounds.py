"""Rounds of an assignment: the secrets that hidden inputs and hidden digits are drawn from.

Everybody of a round is asked the same. A round ends for the whole class when the first feedback of
the assignment is released: what pages tell is then worth nothing for what is handed in later.
"""

from __future__ import annotations

import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from autograder.course.course import Course
from autograder.errors import Refused
from autograder.files import write_whole

# The digits of every first round: kept from when a course had no other rounds.
_FIRST_DIGITS = "hidden-digits"


def current_round(course: Course, assignment: str) -> int:
    """The round in which new submissions are graded, from 1."""
    return len(_ended(course, assignment)) + 1


def end_round(course: Course, assignment: str, number: int) -> bool:
    """Ends a round if it is the current one; whether it was."""
    ended = _ended(course, assignment)
    if number != len(ended) + 1:
        return False
    now = datetime.now(UTC).isoformat(timespec="seconds")
    write_whole(_path(course, assignment), json.dumps({"ended": [*ended, now]}))
    return True


def _ended(course: Course, assignment: str) -> list[str]:
    path = _path(course, assignment)
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["ended"])
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as problem:
        mend = "Put its newest copy in its place: autograder undo lists what is kept."
        raise Refused(f"{path} cannot be read ({problem}).", mend) from problem


def _path(course: Course, assignment: str) -> Path:
    return course.private / "rounds" / f"{assignment}.json"


def seed(course: Course, assignment: str, number: int = 1) -> bytes:
    """The secret from which hidden inputs of a round are drawn, kept for regrades."""
    return _secret(course, assignment if number == 1 else f"{assignment}.{number}")


def digits_secret(course: Course, assignment: str = "", number: int = 1) -> bytes:
    """The secret that chooses and changes the hidden digits of a round."""
    if number == 1:
        return _secret(course, _FIRST_DIGITS)
    return seed(course, assignment, number)


def _secret(course: Course, name: str) -> bytes:
    path = course.private / "seeds" / name
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_name(f".{name}-{secrets.token_hex(4)}")
    if not path.exists():
        fresh.touch(mode=course.secret_mode)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            # link, not replace: of two that come first, one wins and both use its secret.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii"))
