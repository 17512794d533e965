"""Kernels as grading starts them, for tests that need no course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.course.packed import kernel_plan
from autograder.kernel.plan import KernelPlan

_LIMITS = {"memory_mb": 4096, "cpu_s": 900.0, "threads": 512, "processes": 64, "scratch_mb": 512}
_OUTPUT = {"output_chars": 200_000, "notebook_output_chars": 2_000_000}


def plan_of(env: Mapping[str, str] | None = None, **kernel: Any) -> KernelPlan:
    """A plan as a course has it; `kernel` are limits that differ. What `env` names can be read."""
    return kernel_plan({**_LIMITS, **_OUTPUT, "allow_no_sandbox": True, **kernel}, env or {})
