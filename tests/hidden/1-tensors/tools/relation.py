"""What a result is to the tensor that it was made from."""

from collections.abc import Callable
from typing import Any

import torch


def relation(with_column: Callable[..., Any], m: torch.Tensor, j: int, value: float) -> str:
    """What with_column(m, j, value) is to m, in words."""
    result = with_column(m, j, value)
    if result is m:
        return "m itself"
    return "a view" if isinstance(result, torch.Tensor) and result._is_view() else "a new object"
