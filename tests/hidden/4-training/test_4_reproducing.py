"""Hidden checks of 4-training, last part: seeds, and the device to compute on."""

import torch

from autograder.checks import check, define, expect, require

DRAWS = '''
import random

import numpy as np
import torch
from torch.utils.data import DataLoader


def draws():
    """Some numbers of each generator, NumPy's and PyTorch's in the forms that courses use."""
    loader = DataLoader(range(30), batch_size=30, shuffle=True)
    return {
        "python": [random.random() for _ in range(4)],
        "numpy": [float(x) for x in np.random.rand(3)] + list(np.random.permutation(20).tolist()),
        "torch": torch.rand(4).tolist() + torch.randperm(20).tolist() + next(iter(loader)).tolist(),
    }
'''


def draws_after(student, *seeds):
    """What each generator gives after seed_everything with each of these seeds."""
    tools = define(student, DRAWS)
    results = []
    for seed in seeds:
        student.seed_everything(seed)
        results.append(tools.draws())
    return results


def require_repeated(student, rng, library, words):
    # By chance alone four floats and a permutation never repeat: the flake rate is 0.
    seed = rng.integer(1, 100_000)
    first, _, again = draws_after(student, seed, seed + 1, seed)
    require(
        first[library] == again[library],
        f"After seed_everything with the same seed, {words} gives other numbers.",
        hint=f"Has {words} a generator of its own, and is that one seeded for everybody who uses "
        "it?",
    )
    require(
        len(set(map(str, first[library]))) > 3,
        f"After seed_everything, {words} gives no random numbers.",
    )


@check("seed_everything")
def test_numbers_of_python_repeat(student, rng):
    require_repeated(student, rng, "python", "Python's random")


@check("seed_everything")
def test_numbers_of_numpy_repeat(student, rng):
    require_repeated(student, rng, "numpy", "numpy.random")


@check("seed_everything")
def test_numbers_of_torch_repeat(student, rng):
    require_repeated(student, rng, "torch", "torch")


@check("seed_everything")
def test_another_seed_gives_other_numbers(student, rng):
    seed = rng.integer(1, 100_000)
    first, other, again = draws_after(student, seed, seed + rng.integer(1, 1000), seed)
    repeating = [library for library in first if first[library] == again[library]]
    require(bool(repeating), "After seed_everything with the same seed no numbers repeat.")
    for library in repeating:
        require(
            first[library] != other[library],
            f"After seed_everything with another seed, {library} gives the same numbers.",
            hint="Is it the argument seed that is used, or a fixed number?",
        )


PICK = '''
import contextlib
from unittest import mock

import torch


def pick(pick_device, gpu):
    """What pick_device gives on a machine with one NVIDIA GPU, or on one without any."""
    device = torch.device("cuda") if gpu else None

    def says(value):
        return lambda *args, **kwargs: value

    told = [
        (torch.cuda, "is_available", gpu),
        (torch.cuda, "device_count", int(gpu)),
        (torch.cuda, "current_device", 0),
        (torch.cuda, "get_device_name", "GPU"),
        (torch.accelerator, "is_available", gpu),
        (torch.accelerator, "device_count", int(gpu)),
        (torch.accelerator, "current_accelerator", device),
        (torch.accelerator, "current_device_index", 0),
        (torch.backends.mps, "is_available", False),
        (torch.backends.mps, "is_built", False),
        (torch.mps, "is_available", False),
        (torch.xpu, "is_available", False),
        (torch.xpu, "device_count", 0),
        (torch.mtia, "is_available", False),
    ]
    with contextlib.ExitStack() as stack:
        for module, name, value in told:
            if hasattr(module, name):
                stack.enter_context(mock.patch.object(module, name, says(value)))
        return pick_device()
'''


def device_types(student):
    """The types of the devices that pick_device gives with a GPU and without one."""
    tools = define(student, PICK)
    types = []
    for gpu in (True, False):
        device = tools.pick(student.pick_device, gpu)
        require(
            isinstance(device, (torch.device, str)),
            "pick_device() returned neither a torch.device nor a device's name.",
        )
        types.append(device_type(device))
    require(
        types[0] != types[1],
        "pick_device() gives the same device on a machine with a GPU and on one without.",
        hint="Does it ask torch, each time it is called, whether there is an accelerator?",
    )
    return types


def device_type(device):
    """The device's type, "cuda" of "cuda:0"; a name that torch does not know stays as it is."""
    try:
        return torch.device(device).type
    except (RuntimeError, ValueError):
        return "unknown"


@check("pick_device")
def test_takes_the_accelerator_where_there_is_one(student):
    expect(
        device_types(student)[0],
        "cuda",
        name="The type of pick_device() on a machine with an NVIDIA GPU",
        hint="What does torch call such a device?",
    )


@check("pick_device")
def test_takes_the_cpu_where_there_is_none(student):
    expect(
        device_types(student)[1],
        "cpu",
        name="The type of pick_device() on a machine without an accelerator",
        hint="What is returned where is_available() says False?",
    )
