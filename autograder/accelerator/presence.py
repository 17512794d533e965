"""Runs in: the kernel, beside the student's code. Holds no secret.

Makes the simulated accelerator present, and takes it away again.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from autograder.accelerator import draws, patching
from autograder.accelerator.files import Package, device_of_storage
from autograder.accelerator.modes import Creating, Naming, Nowhere

KINDS = ("cuda", "mps", "xpu")
NAME = "Simulated accelerator"


@contextlib.contextmanager
def present(kind: str = "cuda", index: int = 0) -> Iterator[torch.device]:
    """Within it torch reports one accelerator of this kind, and no other; gives its device.

    "cuda" answers `torch.cuda.is_available()` and `torch.accelerator` alike; "mps" and "xpu" are
    for code that must not take every accelerator for NVIDIA's. With `index` there are as many more
    before it, whose memory others have filled. Tensors should not outlive it.
    """
    if kind not in KINDS:
        raise ValueError(f"an accelerator is of one of the kinds {', '.join(KINDS)}, not {kind!r}")
    place = torch.device(kind, index)
    naming, package = Naming(place), Package(place)
    with contextlib.ExitStack() as stack:
        _patch(stack, _answers_of_torch(kind, place, naming))
        stack.enter_context(draws.generator_of(place))
        package.register()
        stack.callback(package.remove)
        # Parameters stay the same objects when a model moves, as on a GPU.
        swap = torch.__future__.get_swap_module_params_on_conversion()
        torch.__future__.set_swap_module_params_on_conversion(True)
        stack.callback(torch.__future__.set_swap_module_params_on_conversion, swap)
        stack.enter_context(_function_mode(naming))
        stack.enter_context(Creating(place))
        yield place


@contextlib.contextmanager
def absent() -> Iterator[None]:
    """Within it torch reports no accelerator and refuses to use one, as a build for CPUs does."""
    with contextlib.ExitStack() as stack:
        _patch(stack, _answers_of_torch("", None, None))
        stack.enter_context(_function_mode(Nowhere()))
        yield


@contextlib.contextmanager
def _function_mode(mode: TorchFunctionMode) -> Iterator[None]:
    """The mode, which leaves also where the code within has left others above it."""
    torch._C._push_on_torch_function_stack(mode)
    try:
        yield
    finally:
        above = []
        while (top := torch._C._pop_torch_function_stack()) is not mode:
            above.append(top)
        for other in reversed(above):
            torch._C._push_on_torch_function_stack(other)


Answer = tuple[Any, str, Any]


def _patch(stack: contextlib.ExitStack, answers: list[Answer]) -> None:
    # The first optimizer of a process imports this, and it must find torch's own functions, which
    # it puts into tables. Where torchvision is imported, as in kernels, it is there already.
    importlib.import_module("torch._dynamo")
    for owner, name, value in answers:
        patching.put(stack, owner, name, value)


def _says(value: Any) -> Callable[..., Any]:
    return lambda *args, **kwargs: value


def _answers_of_torch(kind: str, place: torch.device | None, naming: Naming | None) -> list[Answer]:
    """What torch says of accelerators, as (where, name, what): of `kind` there is one."""
    there = place is not None
    count = place.index + 1 if place is not None else 0
    answers: list[Answer] = [
        (torch.accelerator, "is_available", _says(there)),
        (torch.accelerator, "device_count", _says(count)),
        (torch.accelerator, "current_accelerator", _says(torch.device(kind) if kind else None)),
        (torch.backends.mps, "is_available", _says(kind == "mps")),
        (torch.backends.mps, "is_built", _says(kind == "mps")),
        (torch.cuda, "is_available", _says(kind == "cuda")),
        (torch.cuda, "device_count", _says(count * (kind == "cuda"))),
        (torch.mps, "is_available", _says(kind == "mps")),
        (torch.mps, "device_count", _says(count * (kind == "mps"))),
        (torch.xpu, "is_available", _says(kind == "xpu")),
        (torch.xpu, "device_count", _says(count * (kind == "xpu"))),
        (torch.mtia, "is_available", _says(False)),
        (torch.mtia, "device_count", _says(0)),
    ]
    if place is None or naming is None:
        return answers
    return [*answers, *_answers_of_module(kind, place), *_answers_of_one(place, naming)]


def _answers_of_module(kind: str, place: torch.device) -> list[Answer]:
    """What torch.cuda and its like say of the accelerator that is present."""
    module = getattr(torch, kind)
    seeded = _seeding(place)
    answers = {
        **dict.fromkeys(("is_available", "is_initialized"), _says(True)),
        **dict.fromkeys(_NUMBERS, _says(0)),
        **dict.fromkeys(_QUIET, _says(None)),
        **dict.fromkeys(("manual_seed", "manual_seed_all"), seeded),
        "device_count": _says(place.index + 1),
        "get_device_name": _says(NAME),
        "get_device_properties": _says(Properties()),
        "mem_get_info": _says((Properties.total_memory, Properties.total_memory)),
        **dict.fromkeys(("memory_summary", "list_gpu_processes"), _says("")),
        "memory_stats": _says({}),
        "is_bf16_supported": _says(True),
        "get_device_capability": _says((8, 0)),
        "is_current_stream_capturing": _says(False),
        "current_stream": _says(Stream()),
    }
    return [(module, name, value) for name, value in answers.items() if hasattr(module, name)]


def _answers_of_one(place: torch.device, naming: Naming) -> list[Answer]:
    def set_default_device(device: Any) -> None:
        wanted = None if device is None else torch.device(device)
        naming.default = wanted if wanted is not None and wanted.type == place.type else None
        usual(None if naming.default is not None else wanted)

    usual = patching.copy_of(torch.set_default_device)
    usual_default = patching.copy_of(torch.get_default_device)
    answers = {**dict.fromkeys(_NUMBERS, _says(0)), **dict.fromkeys(_QUIET, _says(None))}
    answers["current_stream"] = _says(Stream())
    return [
        *((torch.accelerator, n, v) for n, v in answers.items() if hasattr(torch.accelerator, n)),
        (torch, "Generator", draws.Generator),
        (torch.UntypedStorage, "device", property(device_of_storage)),
        (torch, "set_default_device", set_default_device),
        (torch, "get_default_device", lambda: naming.default or usual_default()),
        (torch.Tensor, "pin_memory", lambda tensor, device=None: tensor),
        (torch.backends.cudnn, "is_acceptable", _says(False)),
        # torch.manual_seed calls this one, whatever the accelerator is.
        (torch.cuda, "manual_seed_all", _seeding(place)),
    ]


class Properties:
    """What `torch.cuda.get_device_properties` says of the accelerator."""

    name = NAME
    major, minor = 8, 0
    total_memory = 16 * 2**30
    multi_processor_count = 108
    warp_size = 32
    is_integrated = is_multi_gpu_board = 0

    def __repr__(self) -> str:
        return (
            f"_CudaDeviceProperties(name='{self.name}', major={self.major}, minor={self.minor}, "
            f"total_memory={self.total_memory // 2**20}MB, "
            f"multi_processor_count={self.multi_processor_count})"
        )


class Stream:
    """The one stream of the accelerator, on which everything is done at once."""

    def is_capturing(self) -> bool:
        return False

    def synchronize(self) -> None:
        """There is nothing to wait for."""


_NUMBERS = (
    *("current_device", "current_device_index", "current_device_idx", "memory_allocated"),
    *("max_memory_allocated", "memory_reserved", "max_memory_reserved"),
    # What `with torch.cuda.device(0)` calls.
    *("_exchange_device", "_maybe_exchange_device"),
)
_QUIET = (
    *("synchronize", "empty_cache", "set_device", "set_device_index", "set_device_idx"),
    *("init", "_lazy_init", "ipc_collect", "reset_peak_memory_stats", "set_stream"),
)


def _seeding(place: torch.device) -> Callable[[int], None]:
    return lambda seed: draws.seed(place, seed)
