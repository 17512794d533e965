"""Tensors of two devices in one operation: refused with torch's own words, a table of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional

from autograder.checks.known_errors import meaning_of

SAME = "Expected all tensors to be on the same device, but "
TWO = SAME + "found at least two devices, cuda:0 and cpu!"


def got(name: str, is_on: str, others: str, method: str) -> str:
    return (
        f"{SAME}got {name} is on {is_on}, different from other tensors on {others} "
        f"(when checking argument in method wrapper_CUDA_{method})"
    )


class Case:
    """A tensor there, one here, labels here, a layer there."""

    def __init__(self) -> None:
        self.there = torch.ones(2, 2, device="cuda")
        self.here = torch.ones(2, 2)
        self.labels = torch.tensor([1, 0])
        self.layer = nn.Linear(2, 2).to("cuda")
        self.conv = nn.Conv2d(1, 1, 1).to("cuda")


REFUSED: dict[str, tuple[Callable[[Case], Any], str]] = {
    "sum": (lambda c: c.there + c.here, TWO),
    "sum the other way round": (lambda c: c.here + c.there, TWO),
    "comparison": (lambda c: c.there.argmax(1) == c.labels, TWO),
    "into the CPU's": (lambda c: c.here.add_(c.there), TWO),
    "into a CPU number": (lambda c: torch.tensor(0.0).add_(c.there.sum()), TWO),
    "mse": (lambda c: functional.mse_loss(c.there, c.here), TWO),
    "matrix product": (lambda c: c.there @ c.here, got("mat2", "cpu", "cuda:0", "mm")),
    "the images forgotten": (lambda c: c.layer(c.here), got("mat1", "cpu", "cuda:0", "addmm")),
    "the model forgotten": (
        lambda c: nn.Linear(2, 2)(c.there),
        got("mat1", "cuda:0", "cpu", "addmm"),
    ),
    "the labels forgotten": (
        lambda c: functional.cross_entropy(c.there, c.labels),
        got("target", "cpu", "cuda:0", "nll_loss_forward"),
    ),
    "cat": (lambda c: torch.cat([c.there, c.here]), got("tensors", "cpu", "cuda:0", "cat")),
    "index_select": (
        lambda c: c.there.index_select(0, c.labels),
        got("index", "cpu", "cuda:0", "_index_select"),
    ),
    "an index that is there": (
        lambda c: c.here[c.labels.cuda()],
        "indices should be either on cpu or on the same device as the indexed tensor (cpu)",
    ),
    "images for a convolution": (
        lambda c: c.conv(c.here[None, None]),
        "Input type (torch.FloatTensor) and weight type (torch.cuda.FloatTensor) should be the "
        "same or input should be a MKLDNN tensor and weight is a dense tensor",
    ),
    "a convolution": (
        lambda c: nn.Conv2d(1, 1, 1)(c.there[None, None]),
        "Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the "
        "same",
    ),
    "the meta device": (
        lambda c: c.there + torch.ones(2, 2, device="meta"),
        SAME + "found at least two devices, cuda:0 and meta!",
    ),
    "a generator": (
        lambda c: torch.rand(2, device="cuda", generator=torch.Generator()),
        "Expected a 'cuda' device type for generator but found 'cpu'",
    ),
    "a second accelerator": (lambda c: c.here.to("cuda:1"), "CUDA error: invalid device ordinal"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_two_devices_are_refused_in_torchs_words(name: str, there: torch.device) -> None:
    operation, words = REFUSED[name]

    with pytest.raises(RuntimeError) as refused:
        operation(Case())

    assert str(refused.value) == words


@pytest.mark.parametrize("name", REFUSED)
def test_a_student_may_read_the_refusal(name: str, there: torch.device) -> None:
    with pytest.raises(RuntimeError) as refused:
        REFUSED[name][0](Case())

    assert meaning_of(str(refused.value)) is not None


ALLOWED: dict[str, Callable[[Case], torch.Tensor]] = {
    "a CPU number": lambda c: c.there * torch.tensor(2.0),
    "a CPU number, in place": lambda c: c.there.add_(torch.tensor(1.0)),
    "indices on the CPU": lambda c: c.there[c.labels],
    "a copy from the CPU": lambda c: c.there.copy_(c.here),
    "a number put in": lambda c: c.there.index_put_((c.labels,), torch.tensor(9.0)),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_a_gpu_takes_from_the_cpu_is_taken(name: str, there: torch.device) -> None:
    assert ALLOWED[name](Case()).device == there


def test_a_copy_to_the_cpu_stays_on_the_cpu(there: torch.device) -> None:
    case = Case()

    case.here.copy_(case.there * 3)

    assert case.here.device.type == "cpu"
    assert case.here.tolist() == [[3.0, 3.0], [3.0, 3.0]]
