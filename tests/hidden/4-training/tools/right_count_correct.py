"""A right version of `count_correct`, which `test` may call: lent after its own checks."""

import torch


def count_correct(logits: torch.Tensor, y: torch.Tensor) -> int:
    """How many images are predicted right."""
    return int((logits.argmax(dim=1) == y).sum())
