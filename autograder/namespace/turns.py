"""In which order a notebook is asked: first looks before anything is lent, and the public draw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.namespace.space import Space


class Turn(Enum):
    """What may be asked in a notebook now: right versions are lent only after all first looks, and
    never in the public draw.
    """

    ANY = "any"
    FIRST_LOOKS = "first looks"
    PUBLIC = "public"


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedLook:
    """A first look at an answer that has failed: which one of its check, and how."""

    number: int
    problem: Exception


def turn_of(space: Space) -> Turn:
    """What may be asked in that notebook now."""
    return space._autograder_link.turn


def begin_turn(space: Space, turn: Turn, failed_look: FailedLook | None = None) -> None:
    """Says what may be asked from now on; `failed_look` need not be looked once more."""
    space._autograder_link.turn = turn
    space._autograder_link.failed_look = failed_look


def next_look(space: Space) -> tuple[int, Exception | None]:
    """The number of the look that begins now, in its check, and how it has failed before."""
    link = space._autograder_link
    link.looks += 1
    failed = link.failed_look
    again = failed is not None and failed.number == link.looks
    return link.looks, failed.problem if failed is not None and again else None
