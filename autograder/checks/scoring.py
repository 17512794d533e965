"""Partial credit: the accuracy ramp, and what the `credit` fixture hands to a check."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


def ramp(value: float, minimum: float, full: float) -> float:
    """0 up to `minimum`, 1 from `full` on, linear between; 0 for NaN.

    >>> ramp(0.775, minimum=0.70, full=0.85)
    0.5
    """
    if not math.isfinite(value) or value < minimum:
        return 0.0
    if value >= full:
        return 1.0
    return round((value - minimum) / (full - minimum), 6)


@dataclass(slots=True)
class Credit:
    """The `credit` fixture: called with a share in 0…1, the fact behind it and a hint for whoever
    did not get all, at most once.
    """

    share: float | None = None
    hint: str | None = None
    facts: list[str] = field(default_factory=list)

    def __call__(self, share: float, fact: str, *, hint: str | None = None) -> None:
        self.share = share if math.isfinite(share) else 0.0
        self.hint = hint
        self.facts.append(fact)
