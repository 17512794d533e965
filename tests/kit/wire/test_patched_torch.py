"""Values are read as they are, whatever a cell has made of torch's own attributes and modes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from autograder import wire
from autograder.in_sandbox.agent import Agent

LIE = np.full((2, 3), 7.0, dtype=np.float32)


class LyingFunctions(TorchFunctionMode):
    def __torch_function__(
        self, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> object:
        return LIE


class LyingDispatch(TorchDispatchMode):
    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return torch.full_like(func(*args, **(kwargs or {})), 7.0)


def patched_methods(patch: pytest.MonkeyPatch) -> None:
    for name in ("numpy", "detach", "clone", "view", "reshape", "contiguous", "resolve_conj"):
        patch.setattr(torch.Tensor, name, lambda *_args, **_kwargs: torch.from_numpy(LIE))
    patch.setattr(torch.Tensor, "__setitem__", lambda *_args: None)
    patch.setattr(torch.Tensor, "__getitem__", lambda *_args: torch.from_numpy(LIE))


def patched_properties(patch: pytest.MonkeyPatch) -> None:
    for name, lie in (("shape", (3, 2)), ("dtype", torch.int32), ("requires_grad", True)):
        patch.setattr(torch.Tensor, name, lie, raising=False)
    patch.setattr(torch.Tensor, "grad", torch.from_numpy(LIE), raising=False)


def a_mode_of_functions(_patch: pytest.MonkeyPatch) -> None:
    LyingFunctions().__enter__()


def a_mode_of_dispatch(_patch: pytest.MonkeyPatch) -> None:
    LyingDispatch().__enter__()


@pytest.fixture(
    params=[patched_methods, patched_properties, a_mode_of_functions, a_mode_of_dispatch]
)
def lie(request: pytest.FixtureRequest) -> Iterator[Callable[[], None]]:
    """Tells the lie when called, and takes it back in the end."""
    patch, told = pytest.MonkeyPatch(), []

    def tell() -> None:
        told.append(request.param)
        request.param(patch)

    yield tell
    patch.undo()
    if told and request.param is a_mode_of_functions:
        torch._C._pop_torch_function_stack()
    if told and request.param is a_mode_of_dispatch:
        torch._C._pop_torch_dispatch_stack(None)


def test_a_tensor_is_sent_as_it_is(lie: Callable[[], None]) -> None:
    tensor = torch.arange(6.0).reshape(3, 2).t()

    lie()
    header, raw = wire.encode(tensor)

    assert bytes(header) == b'["tensor", "float32", [2, 3], "cpu", false, 1]'
    assert np.frombuffer(raw, np.float32).tolist() == [0, 2, 4, 1, 3, 5]


def test_what_the_judge_writes_is_written(lie: Callable[[], None]) -> None:
    tensor, agent = torch.zeros(2, 2), Agent({})

    lie()
    agent.setitem(tensor, (0, 1), 5.0)
    _, raw = wire.encode(tensor)

    assert np.frombuffer(raw, np.float32).tolist() == [0, 5, 0, 0]


def test_what_the_judge_asks_of_a_tensor_is_answered_by_torch(lie: Callable[[], None]) -> None:
    tensor, agent = torch.tensor([1.0, 2.0], requires_grad=True), Agent({})
    (tensor * torch.tensor([3.0, 4.0])).sum().backward()

    lie()
    asked = [agent.getattr(tensor, "grad"), agent.getitem(tensor, 1)]
    sent = [np.frombuffer(wire.encode(value)[1], np.float32).tolist() for _, value in asked]

    assert sent == [[3.0, 4.0], [2.0]]


def test_a_seed_is_set_whoever_replaced_the_functions_for_it() -> None:
    agent, patch = Agent({}), pytest.MonkeyPatch()
    agent.seed(3)
    first = torch.rand(2).tolist() + np.random.rand(2).tolist()

    with patch.context() as now:
        now.setattr(torch, "manual_seed", lambda _seed: None)
        now.setattr(np.random, "seed", lambda _seed: None)
        agent.seed(3)

    assert torch.rand(2).tolist() + np.random.rand(2).tolist() == first
