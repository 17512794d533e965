"""Epochs that lead a model through drawn states, for `keep_best`."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import torch
from model_states import state_of
from networks import normalized_network
from torch import nn


def written(model: nn.Module) -> list[tuple[int, int | None]]:
    """Changes where a tensor of the model is written, or another one takes its place."""
    tensors = model.state_dict().values()
    return [(t.data_ptr(), None if t.is_inference() else t._version) for t in tensors]


def kept(
    keep_best: Callable[..., Any],
    start: dict[str, torch.Tensor],
    states: list[dict[str, torch.Tensor]],
    accuracies: list[float],
) -> tuple[int, bool, int, Any, dict[str, torch.Tensor], list[bool]]:
    """How often the model was copied as a whole, whether anything was written into it after the
    last epoch, how many epochs there were, what keep_best returns, the model's state, and whether
    each epoch was given the model itself, gradients were on, and it was as the last epoch left it.

    After the n-th epoch the model has the n-th of these states and accuracies.
    """
    trained = normalized_network(start)
    seen = [True, True, True]
    copies: list[nn.Module] = []
    # After each epoch, what `written` says. In no attribute: an answer can't read what is to come.
    after: list[list[tuple[int, int | None]]] = []
    set_state: Callable[[nn.Module, dict[str, Any]], None] = nn.Sequential.__setstate__

    def run_epoch(model: nn.Module) -> float:
        seen[0] &= model is trained
        seen[1] &= torch.is_grad_enabled()
        index = min(len(after), len(states) - 1)
        if after:
            before = states[min(len(after), len(states)) - 1]
            seen[2] &= all(torch.equal(t, before[name]) for name, t in model.state_dict().items())
        model.train()
        with torch.no_grad():
            for name, tensor in model.state_dict().items():
                tensor.copy_(states[index][name])
        after.append(written(model))
        return accuracies[index]

    def set_state_of_a_copy(copy: nn.Module, state: dict[str, Any]) -> None:
        copies.append(copy)
        set_state(copy, state)

    with mock.patch.object(nn.Sequential, "__setstate__", set_state_of_a_copy):
        best = keep_best(trained, run_epoch, len(states))
    put_back = not after or written(trained) != after[-1]
    return len(copies), put_back, len(after), best, state_of(trained), seen
