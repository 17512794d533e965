"""Has `save_model` write files and `load_model` read them, each at a place of its own."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from model_states import tensors_of
from networks import normalized_network
from no_gpu import without_gpu
from places import beside, bytes_of, new_folder, new_path
from torch import nn


class Scaled(nn.Module):
    """A `normalized_network` behind a factor for each of its inputs: a parameter of the outside,
    and others two levels below.
    """

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.scale = nn.Parameter(state["scale"].clone())
        inner = {name: tensor for name, tensor in state.items() if name != "scale"}
        prefix = "layers."
        self.layers = normalized_network(
            {name.removeprefix(prefix): tensor for name, tensor in inner.items()}
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The logits."""
        logits: torch.Tensor = self.layers(x * self.scale)
        return logits


def zeros(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """A state of the same shapes, all 0."""
    return {name: torch.zeros_like(tensor) for name, tensor in state.items()}


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
) -> tuple[
    list[str], bytes | None, dict[str, torch.Tensor], Callable[[torch.Tensor], torch.Tensor]
]:
    """The names of other files after save_model, what is in the file, and in the model; and a
    function that gives what a new network says once it has been given the weights of the file.

    With an older file in its place, the same model was saved before, with other weights.
    """
    path, model = new_path(name, as_path), Scaled(state)
    if older is not None:
        model.load_state_dict(zeros(state))
        save_model(model, new_path(name, as_path))
        model.load_state_dict(state)
        Path(path).write_bytes(older)
    save_model(model, path)

    def logits_of_file(X: torch.Tensor) -> torch.Tensor:
        newer = Scaled(zeros(state))
        newer.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        return logits(newer.eval(), X)

    return beside(path), bytes_of(path), tensors_of(model), logits_of_file


def saved_here(
    save_model: Callable[..., Any], state: dict[str, torch.Tensor], name: str
) -> tuple[list[str], bytes | None]:
    """The names of other files, and what is in the file, where save_model is given its name alone
    and Python stands in its folder.
    """
    folder = new_folder()
    with contextlib.chdir(folder):
        save_model(Scaled(state), name)
    return beside(Path(folder) / name), bytes_of(Path(folder) / name)


def places_after_saving(
    save_model: Callable[..., Any], state: dict[str, torch.Tensor], device: torch.device
) -> list[str]:
    """The devices of the tensors of a model on this device after it was saved."""
    model = Scaled(state).to(device)
    save_model(model, new_path("weights.pth"))
    return sorted({str(tensor.device) for tensor in model.state_dict().values()})


def loaded(
    load_model: Callable[..., Any],
    data: bytes,
    X: torch.Tensor | None,
    name: str = "weights.pth",
    as_path: bool = False,
    folder: str | None = None,
) -> tuple[torch.Tensor | str | None, bytes | None, list[str], Callable[[], Any]]:
    """The logits of what load_model gives on a machine without a GPU; None without X, and a word
    for what is no network. What is in the file afterwards, and the names of other files. And a
    function that gives the network.

    With a folder Python stands in it, and load_model is given the file's name alone.
    """
    place = Path(new_path(name) if folder is None else Path(folder) / name)
    # A file that is replaced is another one: what a network has mapped of the older one stays.
    place.unlink(missing_ok=True)
    place.write_bytes(data)
    given = place if folder is None else Path(name)
    with contextlib.chdir(folder or "."), without_gpu():
        model = load_model(given if as_path else str(given))
    after, others = bytes_of(place), beside(place)
    if X is None:
        return None, after, others, lambda: model
    if isinstance(model, nn.Module):
        return logits(model, X), after, others, lambda: model
    kind = next((kind.__name__ for kind in (dict, tuple) if isinstance(model, kind)), "other")
    return kind, after, others, lambda: model


def places_of_loaded(load_model: Callable[..., Any], data: bytes) -> list[str]:
    """The devices of the tensors of the network that load_model gives on this machine."""
    path = new_path("weights.pth")
    Path(path).write_bytes(data)
    tensors = load_model(path).state_dict().values()
    return sorted({tensor.device.type for tensor in tensors})
