"""What known mistakes cost: they are tried once for each change of checks, after all grades."""

from __future__ import annotations

from typing import Final

from autograder.diagnosis.trying import Tried

_SLOW_S: Final = 5.0


class Cost:
    """Hears of each answer that was tried; then knows how long the mistakes took."""

    def __init__(self) -> None:
        self.mistakes: list[Tried] = []

    def add(self, tried: Tried) -> None:
        if tried.answer.fails:
            self.mistakes.append(tried)

    def lines(self) -> list[str]:
        """A line for each slow one, for the instructor: no failure."""
        return [
            f"mistakes/{tried.answer.name} takes {tried.wall_s:.1f} s: hints of its exercise wait "
            "for it"
            for tried in self.mistakes
            if tried.wall_s > _SLOW_S
        ]

    def summary(self) -> str:
        if not self.mistakes:
            return "no mistake was tried"
        in_all = sum(tried.wall_s for tried in self.mistakes)
        slowest = max(self.mistakes, key=lambda tried: tried.wall_s)
        return (
            f"{len(self.mistakes)} mistakes take {in_all:.1f} s to try, "
            f"{slowest.answer.name} longest: {slowest.wall_s:.1f} s"
        )
