"""What checks are handed of a course, beside the two notebooks. Imports no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import torch

HiddenDigits: TypeAlias = "tuple[torch.Tensor, torch.Tensor]"
"""Images, float32 (N, 1, 28, 28) in 0…1, and labels, int64 (N,)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseFacts:
    """What checks may know of the course: the `course` fixture. `digits` is the key of the digits
    that students see, "" where nobody has said which these are.
    """

    minimum_accuracy: float = 0.70
    full_marks_accuracy: float = 0.85
    digits: str = ""
