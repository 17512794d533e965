"""How kernels are started, as data. Imports no Jupyter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
