"""Runs in: the fork server, and in processes that judges are forked from. Holds no secret.

What is imported once, before anything is forked. Nothing is computed, so that no thread starts.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Final

_COMPILER: Final = "torch._dynamo"
_TORCHVISION: Final = ("torchvision", "torchvision.datasets", "torchvision.transforms")
_PRELOADED = (
    "torch",
    "torch.utils.data",
    "torch.utils.serialization",
    "torch.optim",
    "numpy",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.config",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.comm",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics.execution",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "tornado.queues",
    "encodings.hex_codec",
    "encodings.idna",
    "encodings.latin_1",
    # What IPython needs to show a traceback.
    "stack_data",
    "pygments.formatters.terminal256",
    "pygments.lexers.python",
    "pygments.styles.default",
    "autograder.expect.raising",
    "autograder.wire",
    "autograder.mnist.preparation",
    "autograder.mnist.tensors",
    "autograder.accelerator.files",
    "autograder.accelerator.presence",
    "autograder.in_sandbox.agent",
    "autograder.in_sandbox.moments",
    "autograder.in_sandbox.start",
)


def preload() -> None:
    """Imports what kernels need."""
    importlib.import_module("torch")
    _import_torchvision()
    for name in _PRELOADED:
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(name)
    with contextlib.suppress(ModuleNotFoundError, AttributeError):
        # Reads all installed packages' entry points, which took each kernel a third of its start.
        importlib.import_module("matplotlib.backends").backend_registry.list_all()
    importlib.import_module("torch").set_num_threads(1)
    settle()


def import_compiler() -> None:
    """Imports torch's compiler, as the first optimizer of a process does."""
    importlib.import_module(_COMPILER)


def _import_torchvision() -> None:
    """Imports torchvision without torch's compiler, which takes longer than torch itself.

    torchvision.ops.roi_align imports it for the name of one function. Whoever calls that, makes an
    optimizer or calls torch.compile gets the compiler then.
    """
    try:
        with _without_compiler():
            for name in _TORCHVISION:
                importlib.import_module(name)
    except ImportError:
        # Not installed, or of a version that wants more of the compiler.
        for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
            del sys.modules[name]
        with contextlib.suppress(ModuleNotFoundError):
            for name in _TORCHVISION:
                importlib.import_module(name)


@contextlib.contextmanager
def _without_compiler() -> Iterator[None]:
    """Within it, modules stand in for the compiler, with the one function that is asked for."""
    package, utils = ModuleType(_COMPILER), ModuleType(f"{_COMPILER}.utils")
    package.__path__ = []

    def is_compile_supported(device_type: str) -> bool:
        real = importlib.import_module(f"{_COMPILER}.utils")
        return bool(real.is_compile_supported(device_type))

    utils.__dict__["is_compile_supported"] = is_compile_supported
    standing_in = {_COMPILER: package, utils.__name__: utils}
    sys.modules.update(standing_in)
    try:
        yield
    finally:
        for name in standing_in:
            del sys.modules[name]
        vars(sys.modules["torch"]).pop("_dynamo", None)


def settle() -> None:
    """Makes this process ready to be forked; raises RuntimeError where it has threads."""
    # The collector would look at all that is there by now, and each page would be copied.
    gc.collect()
    gc.freeze()
    threads = os.listdir("/proc/self/task") if os.path.isdir("/proc/self/task") else ["1"]
    if len(threads) > 1:
        raise RuntimeError(f"{len(threads)} threads in the fork server: a fork copies one only")
