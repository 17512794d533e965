"""Runs in: the kernel, beside the student's code. Holds no secret.

What a tensor on the accelerator answers when asked about itself, in the place of torch's C++,
which takes it for one on the meta device.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from autograder.accelerator.mixing import DTYPES, type_name


def _getter(name: str) -> Any:
    return getattr(torch.Tensor, name).__get__


def _is_on(kind: str) -> Callable[[Any], bool]:
    return lambda tensor: bool(tensor._place.type == kind)


def _type(tensor: Any, dtype: Any = None, *args: Any, **kwargs: Any) -> Any:
    if dtype is None:
        return type_name(tensor)
    if isinstance(dtype, torch.dtype):
        return tensor.to(dtype)
    text = dtype if isinstance(dtype, str) else f"torch.{dtype.__name__}"
    *place, name = text.removeprefix("torch.").split(".")
    return (tensor if place else tensor.cpu()).to(DTYPES[name])


def _no_numpy(tensor: Any, *args: Any, force: bool = False, **kwargs: Any) -> Any:
    if force:
        return tensor.detach().cpu().numpy()
    raise TypeError(
        f"can't convert {tensor._place} device type tensor to numpy. "
        "Use Tensor.cpu() to copy the tensor to host memory first."
    )


def set_data(tensor: Any, new: Any) -> None:
    """`tensor.data = new`, for one of the two on the accelerator.

    The tensor itself lies where `new` does from then on, and shares its memory.
    """
    if hasattr(tensor, "_numbers") and hasattr(new, "_numbers"):
        with torch._C.DisableTorchFunctionSubclass():
            torch.Tensor.data.__set__(tensor, new)  # type: ignore[attr-defined]
        tensor._numbers = new._numbers
        return
    moved = new.detach().requires_grad_(tensor.requires_grad)
    if isinstance(tensor, torch.nn.Parameter):
        moved._is_param = True
    torch.utils.swap_tensors(tensor, moved)


def _new_tensor(tensor: Any, data: Any, *, device: Any = None, **kwargs: Any) -> Any:
    made = torch.tensor(data, dtype=kwargs.get("dtype") or tensor.dtype)
    there = device is None or torch.device(device).type not in ("cpu",)
    made = type(tensor)(made, tensor._place) if there else made
    return made.requires_grad_(kwargs.get("requires_grad", False))


def _cuda(tensor: Any, device: Any = None, *args: Any, **kwargs: Any) -> Any:
    if tensor._place.type == "cuda":
        return tensor
    with torch._C.DisableTorchFunctionSubclass():
        return torch.Tensor.cuda(tensor, device)


def _get_item(tensor: Any, index: Any) -> Any:
    with torch._C.DisableTorchFunctionSubclass():
        return torch.Tensor.__getitem__(tensor, _index(index))


def _set_item(tensor: Any, index: Any, value: Any) -> None:
    with torch._C.DisableTorchFunctionSubclass():
        torch.Tensor.__setitem__(tensor, _index(index), value)


def _index(index: Any) -> Any:
    """The index with tensors for lists: torch itself would make those behind, without numbers."""
    if isinstance(index, tuple):
        return tuple(_index(part) for part in index)
    return torch.as_tensor(index) if isinstance(index, (list, range, np.ndarray)) else index


TO_QUESTIONS: dict[Any, Callable[..., Any]] = {
    _getter("device"): lambda tensor: tensor._place,
    _getter("is_cpu"): lambda tensor: False,
    _getter("is_meta"): lambda tensor: False,
    _getter("is_cuda"): _is_on("cuda"),
    _getter("is_mps"): _is_on("mps"),
    _getter("is_xpu"): _is_on("xpu"),
    torch.Tensor.data.__set__: set_data,  # type: ignore[attr-defined]
    torch.Tensor.get_device: lambda tensor: tensor._place.index or 0,
    torch.Tensor.type: _type,
    torch.Tensor.numpy: _no_numpy,
    torch.Tensor.__array__: _no_numpy,
    torch.Tensor.tolist: lambda tensor: tensor._numbers.tolist(),
    torch.Tensor.data_ptr: lambda tensor: tensor._numbers.data_ptr(),
    torch.Tensor.untyped_storage: lambda tensor: tensor._numbers.untyped_storage(),
    torch.Tensor.cuda: _cuda,
    torch.Tensor.new_tensor: _new_tensor,
    torch.Tensor.__getitem__: _get_item,
    torch.Tensor.__setitem__: _set_item,
}


def shown(tensor: Any) -> str:
    """A tensor as torch prints it on an accelerator."""
    text = repr(tensor._numbers)
    body, dtype = text.removesuffix(")"), ""
    if ", dtype=torch." in body.rsplit("]", 1)[-1]:
        body, dtype = body.rsplit(", dtype=", 1)
        dtype = f", dtype={dtype}"
    history = ""
    if tensor.grad_fn is not None:
        history = f", grad_fn=<{type(tensor.grad_fn).__name__}>"
    elif tensor.requires_grad:
        history = ", requires_grad=True"
    text = f"{body}, device='{tensor._place}'{dtype}{history})"
    return f"Parameter containing:\n{text}" if getattr(tensor, "_is_param", False) else text
