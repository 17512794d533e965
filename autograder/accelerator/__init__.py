"""The simulated accelerator: a device for code that must run on a GPU, where there is none.

Knows nothing of all others. Runs in: the kernel, beside the student's code. Holds no secret.

    with accelerator.present():          # torch reports one NVIDIA GPU
        model.to("cuda")(images)         # RuntimeError: Expected all tensors to be on the same …

How it works. A tensor on the accelerator is an `AcceleratorTensor`. What torch's C++ sees of it is
a tensor on the meta device, which has a shape and no memory; the numbers lie in a CPU tensor
beside it. Autograd and what is composed of other operations run as ever; each basic operation
arrives in `__torch_dispatch__` (`tensors.py`), which refuses tensors of two devices with torch's
own words (`mixing.py`) and computes on the CPU tensors. While the accelerator is present two modes
of torch's stand between the student's code and torch (`modes.py`): one reads the device's name in
what is called, the other makes what is created there. `presence.py` puts them in place, together
with torch's answers to "is there a GPU?", and takes them away again; nothing of torch stays
changed. `files.py` saves and loads as a GPU's files are.

Why not a backend of its own on PrivateUse1: registering one can't be undone in a process, renames
a device for ever, makes `torch.accelerator` report it for ever, and needs torch 2.9; and a student
asks for "cuda". The meta device needs none of that, and autograd runs it in the calling thread.

What does not work: `type(t) is torch.Tensor` (isinstance does); the meta device itself, within
`present`, for operations composed of others; autocast, which changes no dtype here; streams,
events, graphs, pinned memory (asked for, it is ordinary memory), more than one accelerator with
memory (`present("cuda", 1)` is the second of two, the first is full); code in threads that were
started by hand, which the modes do not reach. `torch.compile` is not tried.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.accelerator.mixing import device_of
    from autograder.accelerator.presence import absent, present
    from autograder.accelerator.tensors import AcceleratorTensor

__all__ = ["AcceleratorTensor", "absent", "device_of", "present"]

# No module may be called as a name it gives: importing it would put the module in its place.
_HOMES = {
    "AcceleratorTensor": "tensors",
    "absent": "presence",
    "device_of": "mixing",
    "present": "presence",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
