"""Has `save_model` write files and `load_model` read them, each at a place of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from model_states import state_of
from networks import normalized_network
from no_gpu import without_gpu
from places import bytes_of, new_path
from torch import nn


def logits(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    """What the model says, without a graph."""
    with torch.no_grad():
        answer: torch.Tensor = model(X)
    return answer


def saved(
    save_model: Callable[..., Any],
    state: dict[str, torch.Tensor],
    name: str = "weights.pth",
    as_path: bool = False,
    older: bytes | None = None,
) -> tuple[bool, bytes | None, dict[str, torch.Tensor], Callable[[torch.Tensor], torch.Tensor]]:
    """Whether there are other files after save_model, what is in the file, and in the model; and a
    function that gives what a new network says once it has been given the weights of the file.
    """
    path, model = new_path(name, as_path), normalized_network(state)
    if older is not None:
        Path(path).write_bytes(older)
    save_model(model, path)
    others = any(file != Path(path) for file in Path(path).parent.iterdir())

    def logits_of_file(X: torch.Tensor) -> torch.Tensor:
        newer = normalized_network({name: torch.zeros_like(t) for name, t in state.items()})
        newer.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        return logits(newer.eval(), X)

    return others, bytes_of(path), state_of(model), logits_of_file


def loaded(
    load_model: Callable[..., Any],
    data: bytes,
    X: torch.Tensor | None,
    name: str = "weights.pth",
    as_path: bool = False,
) -> tuple[torch.Tensor | str | None, bytes | None, Callable[[], Any]]:
    """The logits of what load_model gives on a machine without a GPU; None without X, and a word
    for what is no network. What is in the file afterwards. And a function that gives the network.
    """
    path = new_path(name, as_path)
    Path(path).write_bytes(data)
    with without_gpu():
        model = load_model(path)
    after = bytes_of(path)
    if X is None:
        return None, after, lambda: model
    if isinstance(model, nn.Module):
        return logits(model, X), after, lambda: model
    kind = next((kind.__name__ for kind in (dict, tuple) if isinstance(model, kind)), "other")
    return kind, after, lambda: model


def places_of_loaded(load_model: Callable[..., Any], data: bytes) -> list[str]:
    """The devices of the tensors of the network that load_model gives on this machine."""
    path = new_path("weights.pth")
    Path(path).write_bytes(data)
    tensors = load_model(path).state_dict().values()
    return sorted({tensor.device.type for tensor in tensors})
