"""How kernels are started, as data. Imports no Jupyter."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, kw_only=True, slots=True)
class KernelPlan:
    """What a kernel is started with: the traits of `SandboxProvisioner`, the seconds that it may
    take to answer at first and when it is interrupted, and how much of its output is kept.
    """

    sandbox: Mapping[str, Any]
    start_s: float = 60.0
    grace_s: float = 3.0
    output_chars: int
    notebook_output_chars: int

    def copying(self, files: Mapping[str, Path]) -> Self:
        """The same with these files in the working folder too, by their paths there; a file of the
        plan's own is not replaced.
        """
        if not files:
            return self
        more = {name: str(path) for name, path in files.items()}
        sandbox = {**self.sandbox, "copied": {**more, **self.sandbox.get("copied", {})}}
        return dataclasses.replace(self, sandbox=sandbox)
