"""The public draw: the checks asked once more, with inputs that everybody may see.

Another seed than the hidden one, the same for everybody. It earns and costs no points: it shows
what was expected beside what came. It is asked in a kernel of its own, in which nothing hidden is
ever asked and nothing lent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from autograder.checks.gaps import gap_of, shown_result
from autograder.checks.plugin import CheckRun
from autograder.namespace.calls import CallLog
from autograder.namespace.turns import Turn
from autograder.results import CheckId, Gap, Shown

PUBLIC_SEED: Final = 2026
"""Printed on pages."""

# Of a check that asks more than this, the last calls have nothing of the reference's beside them.
_MOST_KEPT: Final = 40


class PublicRun(CheckRun):
    """The public draw for one submission: `gaps` by the name of each check that shows one.

    With the reference as the student `results` are what its calls gave, for others' runs.
    """

    def __init__(
        self, log: CallLog, results: Mapping[str, Sequence[Shown]] | None = None, **of_run: Any
    ) -> None:
        super().__init__(seed=f"the public draw {PUBLIC_SEED}".encode(), **of_run)
        self.turn = Turn.PUBLIC
        self.gaps: dict[str, Gap] = {}
        self.results: dict[str, list[Shown]] = {}
        self._log = log
        self._of_reference = results or {}

    def ended(
        self,
        check: CheckId,
        file: Path,
        call: pytest.CallInfo[None],
        recorded: Iterable[tuple[str, object]] = (),
    ) -> None:
        """Called by the plugin for each check. Where there is nothing to show of what it raised, it
        has no gap.
        """
        if call.excinfo is None:
            results = [shown_result(one) for one in self._log.calls[:_MOST_KEPT]]
            self.results[check.name] = [one or Shown(text="") for one in results]
            return
        of_reference = self._of_reference.get(check.name, ())
        gap = gap_of(call.excinfo.value, self._log, of_reference, PUBLIC_SEED)
        if gap is not None:
            self.gaps[check.name] = gap
