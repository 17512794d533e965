"""`check`, weights, seeded inputs, the accuracy ramp, the pytest plugin.

Knows nothing of Jupyter, nbgrader. This file is the one public face for authors of checks; all
else in the package may change.
"""

from autograder.checks.devices import (
    Accelerator,
    Placed,
    accelerators,
    call_without_accelerator,
)
from autograder.checks.lending import fairly, lent
from autograder.checks.looks import closer_look, hints, number_of
from autograder.checks.marks import check
from autograder.checks.scoring import ramp
from autograder.checks.secret_random import SecretRandom
from autograder.checks.torch_file import (
    TorchFile,
    UnreadableFile,
    booby_trapped,
    read_torch_file,
)
from autograder.expect.raising import Mismatch, expect, require
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
    "booby_trapped",
    "call_without_accelerator",
    "check",
    "closer_look",
    "define",
    "expect",
    "fairly",
    "fetch",
    "hints",
    "keep",
    "lent",
    "number_of",
    "put",
    "ramp",
    "read_torch_file",
    "require",
    "set_seed",
    "time_limit",
    "type_names",
    "unobserved",
]
