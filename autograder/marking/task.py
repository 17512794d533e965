"""What a worker is handed, and the words for what came of it. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.marking.child import Budget
from autograder.marking.jobs import Job

DONE, MISSING, OVERRUN, PROBLEM, STUMBLED = "done", "missing", "overrun", "problem", "stumbled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A job, and the keys of what it is done with; `brought` are those that were asked for.

    `shown` is the key of the digits that kernels see, and `shown_at` where they lie on the machine
    that sends the task.
    """

    job: Job
    packed: str
    known: str
    shown: str
    shown_at: str
    budget: Budget
    brought: Mapping[str, Any] = field(default_factory=dict)
