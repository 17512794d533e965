"""Exceptions that beginners meet, really raised; and texts that must not reach a student."""

from __future__ import annotations

import io
import operator
from collections.abc import Callable
from typing import Any
from unittest import mock

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torchvision import datasets

from autograder.accelerator import present
from autograder.checks.known_errors import KNOWN_ERRORS, meaning_of

ones = torch.ones
float64, int64 = torch.float64, torch.int64


def call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


def two(a: int, b: int) -> None: ...
def none() -> None: ...
def six(a: int, b: int, c: int, d: int, e: int, f: int) -> None: ...
def some(a: int, b: int = 1) -> None: ...


def backward_twice() -> None:
    x = ones(2, requires_grad=True)
    loss = (x * x).sum()
    loss.backward()
    loss.backward()


def unpack(value: Any) -> None:
    _a, _b = value


def too_early() -> None:
    count += 1  # type: ignore[name-defined]  # the mistake  # noqa: F821, F841


class NeuralNetwork(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x


def onto_the_first_of_two_gpus() -> None:
    with present("cuda", 1):
        ones(1).to("cuda")


def load_from_a_gpu() -> None:
    """A file that says of its tensors that they were on a GPU, on a machine without one."""
    file = io.BytesIO()
    with mock.patch.object(torch.serialization, "location_tag", return_value="cuda:0"):
        torch.save(ones(1), file)
    file.seek(0)
    with mock.patch.object(torch.cuda, "is_available", return_value=False):
        torch.load(file, weights_only=True)


NOT_FOR_A_FILE = (
    "Such an object cannot be written to a file: save plain data, such as a state_dict."
)
DTYPES = "Two tensors have different dtypes."
OTHER_USE = "A value is used as something that it is not."
NO_ATTRIBUTE = "What stands before the dot has nothing of this name. What is its type(...)?"
ARGUMENTS = "A function is called with more or fewer arguments than it takes. Which call is it?"
UNPACKED = "There are more or fewer things here than names on the left. Which shapes may come?"
TOO_LARGE = "There is nothing at this index. How many axes and places has the thing there?"
FEWER = "The tensor has fewer axes than the code asks for. Which shapes may come?"
PRODUCT = "In a matrix product the second size of the left must equal the first size of the right."
DEVICE = "The tensors of this step lie on different devices. What does .device say of each?"
LABELS = "Cross entropy wants labels as whole numbers, int64."
ONLY_THE_CLASS = (
    "Each part of a network is a layer that was made. Which of yours is only the class?"
)
GIVEN_TWICE = (
    "One argument is given twice, by its place and by its name. What does each place mean?"
)
NOT_TOGETHER = "Two things of these kinds cannot be put together so. What is each of them?"
OTHER_KIND = "A step of torch wants something of another kind. What is type(...) of what it gets?"
IN_PLACE = "A tensor that requires a gradient is changed in place. Which step does that?"
ONE_NUMBER = "Only a tensor of one element can become a number."

# Students' mistakes: those that mypy sees as well are what it ignores here.
REAL: list[tuple[Callable[[], Any], str]] = [
    (
        onto_the_first_of_two_gpus,
        "That GPU has no room left. Is it the very one that was asked for?",
    ),
    (lambda: ones(2, 3) @ ones(2, 3), PRODUCT),
    (lambda: nn.Linear(784, 10)(ones(2, 28, 28)), PRODUCT),
    (
        lambda: ones(2, 3) + ones(2, 4),
        "Two tensors of these shapes cannot meet element by element. Is that the right step?",
    ),
    (
        lambda: ones(2).sum().backward(),
        "backward() was called on a loss that no parameter led to: was it made under no_grad, "
        "or from argmax?",
    ),
    (
        backward_twice,
        "backward() was called twice on one loss: compute the loss anew for each step.",
    ),
    (
        lambda: ones(2, requires_grad=True).numpy(),
        "NumPy cannot follow gradients: stay in PyTorch.",
    ),
    (
        lambda: F.cross_entropy(ones(2, 3), ones(2, 3, dtype=int64)),
        "The loss got something of another form than logits of shape (N, classes).",
    ),
    (lambda: F.cross_entropy(ones(2, 3), ones(2)), LABELS),
    (lambda: F.cross_entropy(ones(2, 3), ones(2, dtype=torch.int32)), LABELS),
    (
        lambda: F.cross_entropy(ones(2, 3), ones(4, dtype=int64)),
        "The loss got logits and labels of different numbers of images.",
    ),
    (lambda: ones(2, 2) @ ones(2, 2, dtype=float64), DTYPES),
    (lambda: ones(2, 2) @ ones(2, 2, dtype=int64), DTYPES),
    (lambda: nn.Linear(2, 2)(ones(1, 2, dtype=torch.uint8)), DTYPES),
    (lambda: nn.Linear(2, 2)(ones(1, 2, dtype=float64)), DTYPES),
    (
        lambda: ones(2, dtype=int64).div_(2),
        "An in-place operation cannot change a tensor's dtype: make a new tensor.",
    ),
    (lambda: ones(2) + ones(2, device="meta"), DEVICE),
    (
        lambda: torch.stack([ones(2), ones(3)]),
        "stack needs equal sizes; the last batch may be smaller.",
    ),
    (lambda: torch.cat([ones(2, 2), ones(3, 3)]), "cat needs equal sizes in all other dimensions."),
    (lambda: ones(2).sum(3), FEWER),
    (lambda: ones(2).transpose(0, 1), FEWER),
    (lambda: ones(2)[0, 0], FEWER),
    (lambda: ones(2, 3).view(4, 2), "The number of elements does not fit the new shape."),
    (lambda: ones(2, 3).reshape(-1, 4), "The number of elements does not fit the new shape."),
    (
        lambda: ones(2, 3).T.view(6),
        "view() needs values that lie in order; a transposed tensor's do not.",
    ),
    (
        lambda: ones(2, dtype=int64).mean(),
        "A mean of whole numbers has no dtype: make them floats first.",
    ),
    (lambda: ones(2).item(), ONE_NUMBER),
    (lambda: float(ones(2)), ONE_NUMBER),
    (
        lambda: bool(ones(2)),
        "A step asks for one truth value, and this tensor has many elements. Which step is it?",
    ),
    (lambda: call(None), OTHER_USE),  # type: ignore[arg-type]
    (lambda: ones(2)(), OTHER_USE),  # type: ignore[operator]
    (lambda: list(None), OTHER_USE),  # type: ignore[call-overload]
    (lambda: none[0], OTHER_USE),  # type: ignore[misc,valid-type]
    (lambda: None.shape, NO_ATTRIBUTE),  # type: ignore[attr-defined]
    (lambda: ones(2).foo, NO_ATTRIBUTE),  # type: ignore[attr-defined]
    (lambda: nn.Linear(1, 1).foo, NO_ATTRIBUTE),
    (lambda: NeuralNetwork().flatten, NO_ATTRIBUTE),
    (lambda: np.ones(2).foo, NO_ATTRIBUTE),  # type: ignore[attr-defined]
    (lambda: (1).item(), NO_ATTRIBUTE),  # type: ignore[attr-defined]
    (lambda: call(two, 1), ARGUMENTS),
    (lambda: call(two), ARGUMENTS),
    (lambda: call(six), ARGUMENTS),
    (lambda: call(two, 1, 2, 3), ARGUMENTS),
    (lambda: call(none, 1), ARGUMENTS),
    (lambda: call(some, 1, 2, 3), ARGUMENTS),
    (lambda: call(two, 1, 2, c=3), ARGUMENTS),
    (lambda: call(NeuralNetwork()), ARGUMENTS),
    (lambda: undefined_name, "A name is used that nothing has defined."),  # type: ignore[name-defined]  # noqa: F821
    (
        lambda: tiny_image,  # type: ignore[name-defined]  # noqa: F821
        "This name belongs to a check. By which name does your function get what it works on?",
    ),
    (lambda: nn.Sequential(nn.ReLU), ONLY_THE_CLASS),  # type: ignore[call-overload]
    (lambda: nn.Softmax(ones(2, 2), dim=1), GIVEN_TWICE),  # type: ignore[misc,arg-type]
    (lambda: call(some, 1, a=1), GIVEN_TWICE),
    (lambda: call(operator.add, [1], 1), NOT_TOGETHER),
    (lambda: call(operator.add, "1", 1), NOT_TOGETHER),
    (lambda: {} + 1, NOT_TOGETHER),  # type: ignore[operator]
    (lambda: None < 1, NOT_TOGETHER),  # type: ignore[operator]
    (lambda: [1] * 0.5, NOT_TOGETHER),  # type: ignore[operator]
    (lambda: F.relu(nn.ReLU), OTHER_KIND),  # type: ignore[arg-type]
    (lambda: torch.cat([1, 2]), OTHER_KIND),  # type: ignore[list-item]
    (lambda: torch.stack(ones(2)), OTHER_KIND),  # type: ignore[arg-type]
    (lambda: nn.Linear(2, 2)(np.ones(2)), OTHER_KIND),
    (lambda: ones(0).max(), "This tensor has no elements. What should come out for it?"),
    (
        lambda: (ones(2, requires_grad=True) * 2).backward(),
        "backward() begins at one number. How many elements has your loss?",
    ),
    (lambda: ones(2, requires_grad=True).add_(1), IN_PLACE),
    (lambda: ones(2, requires_grad=True)[0].add_(1), IN_PLACE),
    (
        lambda: torch.optim.SGD([], lr=0.1),
        "The optimizer was given no parameters. What does your model hold?",
    ),
    (
        lambda: F.cross_entropy(ones(2, 3), torch.tensor([0, 3])),
        "A label is larger than the last class. How many classes have your logits?",
    ),
    (
        lambda: datasets.MNIST("/nowhere"),
        "The files are not all there, and nothing was downloaded. What decides about that?",
    ),
    (
        lambda: torch.tensor([[1, 2], [3]]),
        "The rows of this list are not all equally long.",
    ),
    (too_early, "A name of this function is used before it has a value."),
    (lambda: [][1], TOO_LARGE),
    (lambda: ()[1], TOO_LARGE),  # type: ignore[misc]
    (lambda: ones(2)[5], TOO_LARGE),
    (lambda: np.ones(2)[5], TOO_LARGE),
    (lambda: unpack((1, 2, 3)), UNPACKED),
    (lambda: unpack((1,)), UNPACKED),
    (lambda: unpack(1), UNPACKED),
    (lambda: unpack(ones(3)), UNPACKED),
    (lambda: 1 / 0, "Something was divided by zero."),
    (
        load_from_a_gpu,
        "The file was saved on a device that is not there: torch.load can be told where to put it.",
    ),
    (lambda: torch.save(nn.Linear(1, 1).parameters(), io.BytesIO()), NOT_FOR_A_FILE),
    (lambda: torch.save({"module": np}, io.BytesIO()), NOT_FOR_A_FILE),
]


REAL_TEXTS = []
for _act, _meaning in REAL:
    try:
        _act()
    except Exception as _problem:
        REAL_TEXTS.append((str(_problem), _meaning))


def test_each_of_these_really_raises() -> None:
    assert len(REAL_TEXTS) == len(REAL)


@pytest.mark.parametrize(("text", "meaning"), REAL_TEXTS, ids=[t[:50] for t, _ in REAL_TEXTS])
def test_what_torch_says_is_known_and_explained(text: str, meaning: str) -> None:
    known = meaning_of(text)

    assert known is not None
    assert known.meaning == meaning


OTHERS_SAY = [
    "Expected all tensors to be on the same device, but found at least two devices, gpu:0 and cpu!",
    "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and "
    "cpu! (when checking argument for argument mat1 in method wrapper_CUDA_addmm)",
    "Expected all tensors to be on the same device, but got mat1 is on cpu, different from other "
    "tensors on cuda:0 (when checking argument in method wrapper_CUDA_addmm)",
    "Input type (torch.FloatTensor) and weight type (torch.cuda.FloatTensor) should be the same "
    "or input should be a MKLDNN tensor and weight is a dense tensor",
    "Input type (torch.cuda.FloatTensor) and bias type (torch.cuda.HalfTensor) should be the same",
    "indices should be either on cpu or on the same device as the indexed tensor (cpu)",
    "can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host "
    "memory first.",
    "Torch not compiled with CUDA enabled",
    "Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU and installed "
    "a driver from http://www.nvidia.com/Download/index.aspx",
    "CUDA error: invalid device ordinal",
    "Expected a 'cuda' device type for generator but found 'cpu'",
    "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If "
    "you are running on a CPU-only machine, please use torch.load with "
    "map_location=torch.device('cpu') to map your storages to the CPU.",
    "expected scalar type Float but found Double",
    "too many values to unpack (expected 2, got 3)",
    "'NeuralNetwork' object is not iterable",
]


@pytest.mark.parametrize("text", OTHERS_SAY)
def test_what_other_devices_and_versions_say_is_known(text: str) -> None:
    assert meaning_of(text) is not None


SECRETS = [
    "0.123456789",
    " tensor([0.1235, 0.4568])",
    " 3ff0a2b4c5d6e7f8",
    ": the hidden input is x",
    "\n3 1 4 1 5 9",
    " 123456",
    "\u0661\u0662",
    "\x1b[2J",
]


@pytest.mark.parametrize("secret", SECRETS, ids=ascii)
def test_a_text_with_something_added_is_not_shown(secret: str) -> None:
    texts = [*(text for text, _ in REAL_TEXTS), *OTHERS_SAY]

    shown = [t for t in texts for both in (t + secret, secret + t) if meaning_of(both)]

    assert shown == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0.123",
        "tensor([1., 2., 3.])",
        "shape '[123456, 2]' is invalid for input of size 6",
        "shape '[1, 2, 3, 4, 5, 6]' is invalid for input of size 6",
        "shape '[0.5]' is invalid for input of size 6",
        "name 'x1234567890' is not defined",
        f"name '{'a' * 33}' is not defined",
        "name 'größe' is not defined",
        "'my_class' object has no attribute 'x'",
        "'Tensor' object has no attribute 'a b'",
        "index 123456 is out of bounds for dimension 0 with size 2",
        "stack expects each tensor to be equal size, but got 0.5, 0.25, 0.125",
        "Sizes of tensors must match except in dimension 0. 0.5 0.25 0.125",
        "Trying to backward through the graph a second time 0.5 0.25",
        "Can't call numpy() on Tensor that requires grad. 0.5 0.25",
        "Expected all tensors to be on the same device 0.5 0.25",
        "Expected all tensors to be on the same device, but found at least two devices, "
        "abcdefghijkl and cpu!",
        "f() takes 0.5 0.25 argument 0.125",
        "f() missing 1 required positional argument: '0.5'",
        "f() missing 6 required positional arguments: " + ", ".join(["'" + "a" * 32 + "'"] * 6),
        "too many values to unpack (expected 0.123)",
        "division by zero\n",
        "Division by zero",
        "KeyError",
        "x" * 10_000,
    ],
    ids=lambda text: ascii(text[:50]),
)
def test_a_text_that_could_carry_an_input_is_not_shown(text: str) -> None:
    assert meaning_of(text) is None


def test_no_pattern_lets_any_text_through() -> None:
    loose = [known.pattern.pattern for known in KNOWN_ERRORS if ".*" in known.pattern.pattern]

    assert loose == []
