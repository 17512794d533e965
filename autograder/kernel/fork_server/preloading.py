"""Runs in: the base, and so in all that is forked from it. Holds no secret.

What is imported once, before anything is forked. Nothing is computed, so that no thread starts.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os

_PRELOADED = (
    "torch",
    "torch.utils.data",
    "torch.utils.serialization",
    "torch.optim",
    "torchvision",
    "torchvision.datasets",
    "torchvision.transforms",
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
    for name in _PRELOADED:
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(name)
    with contextlib.suppress(ModuleNotFoundError, AttributeError):
        # Reads all installed packages' entry points, which took each kernel a third of its start.
        importlib.import_module("matplotlib.backends").backend_registry.list_all()
    importlib.import_module("torch").set_num_threads(1)
    # The collector would look at all that is there by now, and each page would be copied.
    gc.collect()
    gc.freeze()
    threads = os.listdir("/proc/self/task") if os.path.isdir("/proc/self/task") else ["1"]
    if len(threads) > 1:
        raise RuntimeError(f"{len(threads)} threads in the fork server: a fork copies one only")
