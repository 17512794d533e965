"""Runs in: the kernel, beside the student's code. Holds no secret.

Refuses tensors of two devices in one operation, with the words of torch 2.14 on a GPU.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import torch

# Operations that copy between devices are not asked: that is what they are for.
_MAY_MIX = {"_to_copy", "copy", "_copy_from", "set", "_foreach_copy", "is_same_size"}
# Element by element, and not tagged as such.
_ELEMENTWISE = {
    *("mse_loss", "smooth_l1_loss", "huber_loss", "binary_cross_entropy", "soft_margin_loss"),
    *("fill", "masked_fill", "floor_divide", "rsub", "copysign", "eq", "ne", "lt", "le", "gt"),
    *("ge", "__and__", "__or__", "__xor__", "__iand__", "__ior__", "__ixor__", "true_divide"),
}
# Torch builds these from a common plan, which shows in the method's name.
_STRUCTURED = {
    *("addmm", "mm", "bmm", "baddbmm", "cat", "gather", "scatter", "nll_loss_forward"),
    *("index_add", "scatter_add", "scatter_reduce", "nll_loss2d_forward", "linear", "index_copy"),
}

CPU = torch.device("cpu")
Argument = tuple[str, torch.Tensor]


def device_of(tensor: torch.Tensor) -> torch.device:
    """The device of a tensor, also of one on an accelerator that is not present any more."""
    place = getattr(tensor, "_place", None)
    return place if isinstance(place, torch.device) else tensor.device


_TYPES = {
    torch.float32: "Float",
    torch.float64: "Double",
    torch.float16: "Half",
    torch.bfloat16: "BFloat16",
    torch.int64: "Long",
    torch.int32: "Int",
    torch.int16: "Short",
    torch.int8: "Char",
    torch.uint8: "Byte",
    torch.bool: "Bool",
}
DTYPES = {f"{word}Tensor": dtype for dtype, word in _TYPES.items()}


def type_name(tensor: torch.Tensor) -> str:
    """The old name of a tensor's type, such as "torch.cuda.FloatTensor"."""
    kind = device_of(tensor).type
    place = "" if kind == "cpu" else f"{kind}."
    return f"torch.{place}{_TYPES.get(tensor.dtype, 'Float')}Tensor"


def refuse_mixed_devices(
    func: Any, args: Sequence[Any], kwargs: Mapping[str, Any], place: torch.device
) -> None:
    """Raises RuntimeError where the tensors of a call are not all on the accelerator `place`.

    A CPU tensor without axes counts as a number wherever torch computes element by element.
    """
    tensors = list(_tensors(func, args, kwargs))
    if all(device_of(tensor) == place for _, tensor in tensors):
        return
    for _, tensor in tensors:
        if device_of(tensor) not in (place, CPU):
            # A real tensor of the meta device has no memory to compute with.
            _refuse_two(place, device_of(tensor))
    packet = func.overloadpacket.__name__.removesuffix("_")
    if packet in _MAY_MIX:
        return
    if packet.startswith(("index", "_unsafe_index", "_index_put")) and packet != "index_select":
        tensors = _without_indices(tensors, place)
    if packet == "convolution":
        _refuse_convolution(tensors)
    elif torch.Tag.pointwise in func.tags or packet in _ELEMENTWISE:
        _refuse_elementwise(tensors, place, func._schema.is_mutable)
    else:
        method = f"wrapper_{place.type.upper()}{'_' if packet in _STRUCTURED else '__'}{packet}"
        _refuse_any(tensors, method)


def _tensors(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Iterator[Argument]:
    for argument, value in zip(func._schema.arguments, args, strict=False):
        yield from _named(argument.name, value)
    for name, value in kwargs.items():
        yield from _named(name, value)


def _named(name: str, value: Any) -> Iterator[Argument]:
    if isinstance(value, torch.Tensor):
        yield name, value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _named(name, item)


def _without_indices(tensors: list[Argument], place: torch.device) -> list[Argument]:
    """Indices may lie on the CPU, those of a CPU tensor must; single numbers may be put in."""
    on_cpu = device_of(tensors[0][1]).type == "cpu"
    if on_cpu and any(device_of(t).type != "cpu" for name, t in tensors if name == "indices"):
        raise RuntimeError(
            "indices should be either on cpu or on the same device as the indexed tensor (cpu)"
        )
    return [
        (name, tensor)
        for name, tensor in tensors
        if name != "indices" and not (name == "values" and tensor.dim() == 0)
    ]


def _refuse_elementwise(tensors: list[Argument], place: torch.device, writes: bool) -> None:
    for position, (name, tensor) in enumerate(tensors):
        written = writes and (position == 0 or name == "out")
        if device_of(tensor) != place and (written or tensor.dim() > 0):
            _refuse_two(place, device_of(tensor))


def _refuse_two(place: torch.device, device: torch.device) -> None:
    raise RuntimeError(
        "Expected all tensors to be on the same device, but found at least two devices, "
        f"{place} and {device}!"
    )


def _refuse_any(tensors: list[Argument], method: str) -> None:
    common = device_of(tensors[0][1])
    for name, tensor in tensors:
        device = device_of(tensor)
        if device != common:
            raise RuntimeError(
                f"Expected all tensors to be on the same device, but got {name} is on {device}, "
                f"different from other tensors on {common} "
                f"(when checking argument in method {method})"
            )


def _refuse_convolution(tensors: list[Argument]) -> None:
    (_, images), *others = tensors
    for name, tensor in others:
        if device_of(tensor) != device_of(images):
            optional = device_of(images).type == "cpu"
            raise RuntimeError(
                f"Input type ({type_name(images)}) and {name} type ({type_name(tensor)}) "
                "should be the same"
                + f" or input should be a MKLDNN tensor and {name} is a dense tensor"
                * optional
            )
