"""Chance under control, to measure what it does: secret seeds, seeds of trainings, tails."""

from __future__ import annotations

import dataclasses
import hashlib
import math
import re
import statistics
from typing import Final

from autograder.authoring.trial import Trial
from autograder.course.course import Course
from autograder.course.digits import other_hidden_digits

_SEED: Final = re.compile(r"torch\.manual_seed\(\d+\)")


def seed_of(number: int) -> bytes:
    """The secret seed of a run, 32 bytes as a course's own; the same number, the same seed."""
    return hashlib.sha256(f"flake run {number}".encode()).digest()


def use_seed(trial: Trial, course: Course, number: int) -> None:
    """From here on the judge draws inputs and hidden digits from this run's seed."""
    seed = seed_of(number)
    trial.judge.assignment = dataclasses.replace(
        trial.judge.assignment,
        seed=seed,
        hidden_digits=lambda: other_hidden_digits(course, seed),
    )


def seeded(source: str, seed: int) -> str:
    """A cell that trains, with this seed: in the place of its own, or before all else."""
    call = f"torch.manual_seed({seed})"
    return _SEED.sub(call, source) if _SEED.search(source) else f"{call}\n{source}"


def normal_tail(distance: float, sd: float) -> float:
    """How often a value lies further below its mean than `distance`, by a normal curve."""
    if sd <= 0:
        return float(distance < 0)
    return statistics.NormalDist(0, sd).cdf(-distance)


def exponential_tail(distance: float, sd: float) -> float:
    """The same by a curve that falls off as slowly as an exponential (Laplace's)."""
    if sd <= 0:
        return float(distance < 0)
    far = 0.5 * math.exp(-math.sqrt(2) * abs(distance) / sd)
    return far if distance >= 0 else 1 - far
