"""`check`, weights, seeded inputs, the accuracy ramp, the pytest plugin.

Knows nothing of Jupyter, nbgrader. This file is the one public face for authors of checks; all
else in the package may change.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.checks.devices import (
        Accelerator,
        Placed,
        accelerators,
        call_without_accelerator,
    )
    from autograder.checks.lending import fairly, lent
    from autograder.checks.looks import (
        alike,
        as_number,
        closer_look,
        is_rounded,
        number_of,
        real_numbers,
        shown_by,
    )
    from autograder.checks.marks import check, for_page
    from autograder.checks.scoring import ramp
    from autograder.checks.secret_random import SecretRandom
    from autograder.checks.tool_files import tools
    from autograder.checks.torch_file import (
        TorchFile,
        UnreadableFile,
        booby_trapped,
        read_torch_file,
    )
    from autograder.expect.raising import Mismatch, expect, hints, require
    from autograder.namespace.failures import StudentError, StudentFailure
    from autograder.namespace.space import (
        Handle,
        Space,
        define,
        fetch,
        keep,
        put,
        set_seed,
        time_limit,
        type_names,
        unobserved,
    )

__all__ = [
    "Accelerator",
    "Handle",
    "Mismatch",
    "Placed",
    "SecretRandom",
    "Space",
    "StudentError",
    "StudentFailure",
    "TorchFile",
    "UnreadableFile",
    "accelerators",
    "alike",
    "as_number",
    "booby_trapped",
    "call_without_accelerator",
    "check",
    "closer_look",
    "define",
    "expect",
    "fairly",
    "fetch",
    "for_page",
    "hints",
    "is_rounded",
    "keep",
    "lent",
    "number_of",
    "put",
    "ramp",
    "read_torch_file",
    "real_numbers",
    "require",
    "set_seed",
    "shown_by",
    "time_limit",
    "tools",
    "type_names",
    "unobserved",
]

_HOMES = {
    "Accelerator": "checks.devices",
    "Handle": "namespace.space",
    "Mismatch": "expect.raising",
    "Placed": "checks.devices",
    "SecretRandom": "checks.secret_random",
    "Space": "namespace.space",
    "StudentError": "namespace.failures",
    "StudentFailure": "namespace.failures",
    "TorchFile": "checks.torch_file",
    "UnreadableFile": "checks.torch_file",
    "accelerators": "checks.devices",
    "booby_trapped": "checks.torch_file",
    "call_without_accelerator": "checks.devices",
    "check": "checks.marks",
    "closer_look": "checks.looks",
    "define": "namespace.space",
    "expect": "expect.raising",
    "fairly": "checks.lending",
    "fetch": "namespace.space",
    "for_page": "checks.marks",
    "hints": "expect.raising",
    "keep": "namespace.space",
    "lent": "checks.lending",
    "number_of": "checks.looks",
    "alike": "checks.looks",
    "as_number": "checks.looks",
    "is_rounded": "checks.looks",
    "shown_by": "checks.looks",
    "real_numbers": "checks.looks",
    "put": "namespace.space",
    "ramp": "checks.scoring",
    "read_torch_file": "checks.torch_file",
    "require": "expect.raising",
    "set_seed": "namespace.space",
    "time_limit": "namespace.space",
    "tools": "checks.tool_files",
    "type_names": "namespace.space",
    "unobserved": "namespace.space",
}


def __getattr__(name: str) -> Any:
    # On first use only: torch must not be imported by whoever merely passes through the package.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"autograder.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
