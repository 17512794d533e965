"""A function called where gradients are switched off already."""

from collections.abc import Callable
from typing import Any

import torch
from model_states import doubled


def off_afterwards(function: Callable[..., Any], *arguments: Any) -> bool:
    """Whether gradients, which were off before the call, are off after it."""
    with torch.no_grad():
        function(*arguments)
        return not doubled(torch.ones(1, requires_grad=True)).requires_grad
