"""Which mistakes get their own hint: an answer like them is told theirs and no other's."""

from __future__ import annotations

from autograder.diagnosis.matching import same
from autograder.diagnosis.trying import Tried


class HintCount:
    """Hears of each answer that was tried; then knows which mistakes behave alike."""

    def __init__(self) -> None:
        self.mistakes: list[Tried] = []

    def add(self, tried: Tried) -> None:
        if tried.answer.fails:
            self.mistakes.append(tried)

    def shared(self) -> dict[str, list[str]]:
        """The mistakes with the fingerprint of others that have another hint: name to names."""
        found = {tried.answer.name: self._rivals(tried) for tried in self.mistakes}
        return {name: rivals for name, rivals in found.items() if rivals}

    def _rivals(self, tried: Tried) -> list[str]:
        return [
            other.answer.name
            for other in self.mistakes
            if other.answer.exercise == tried.answer.exercise
            and other.answer.hint != tried.answer.hint
            and same(tried.result.checks, other.result.checks)
        ]

    def summary(self) -> str:
        own = len(self.mistakes) - len(self.shared())
        return f"{own} of {len(self.mistakes)} mistakes get their own hint"

    def lines(self) -> list[str]:
        """A line for each that does not, for the instructor: no failure."""
        return [
            f"mistakes/{name} behaves like {', '.join(rivals)}: the answer's code decides"
            for name, rivals in self.shared().items()
        ]
