"""Which mistakes nothing shows at home: their visible check passes."""

from __future__ import annotations

from autograder.diagnosis.trying import Tried


class SilentCount:
    """Hears of each answer that was tried; then knows how many mistakes were silent at home."""

    def __init__(self) -> None:
        self.mistakes = self.silent = 0

    def add(self, tried: Tried) -> None:
        if tried.answer.fails:
            self.mistakes += 1
            self.silent += tried.at_home == ""

    def summary(self) -> str:
        return f"{self.silent} of {self.mistakes} mistakes pass their visible check"
