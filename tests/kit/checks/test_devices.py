"""Accelerators for checks: an answer that moves its data passes, one that does not is told why."""

from __future__ import annotations

import pytest
import torch

from autograder.checks import (
    Mismatch,
    Placed,
    StudentError,
    accelerators,
    call_without_accelerator,
    expect,
    fetch,
)
from autograder.namespace.failures import StudentFailure
from autograder.namespace.space import Space
from tests.kit.checks.conftest import space_of

ANSWERS = """
import torch

def twice(t):
    return t * 2

def forgets(t):
    return torch.ones(t.shape) + t

def moves(t, device):
    return {"moved": t.to(device), "parts": [t, (t.shape, "text")]}

def picks():
    return "cuda" if torch.cuda.is_available() else "cpu"

def picks_any():
    return torch.accelerator.current_accelerator()

def uses_cuda():
    return torch.ones(2).cuda()

def pretends(t):
    return {"tensor": torch.device("cuda:0"), "values": t}

class Fake(torch.Tensor):
    device = torch.device("cuda:0")

def fakes(t):
    return torch.ones(2).as_subclass(Fake)

def writes(t):
    t.add_(1)
"""


@pytest.fixture
def student() -> Space:
    return space_of(ANSWERS, "student")


def test_a_result_comes_with_its_device_and_its_values(student: Space) -> None:
    (gpu,) = accelerators(student)

    result = gpu.call(student.twice, gpu.put(torch.tensor([1.0, 2.5])))

    assert gpu.device == torch.device("cuda", 0)
    assert result.device == gpu.device
    expect(result.values, torch.tensor([2.0, 5.0]))


def test_a_result_on_the_cpu_says_so(student: Space) -> None:
    (gpu,) = accelerators(student)

    result = gpu.call(student.twice, torch.ones(2))

    assert result.device == torch.device("cpu")


def test_parts_of_a_result_are_told_apart(student: Space) -> None:
    (gpu,) = accelerators(student)

    result = gpu.call(student.moves, torch.ones(2), gpu.device)

    assert result["moved"].device == gpu.device
    assert result["parts"][0].device == torch.device("cpu")
    assert result["parts"][1] == (torch.Size([2]), "text")


def test_a_forgotten_move_raises_torchs_words(student: Space) -> None:
    (gpu,) = accelerators(student)

    with pytest.raises(StudentError) as refused:
        gpu.call(student.forgets, gpu.put(torch.ones(2)))

    assert refused.value.message == (
        "Expected all tensors to be on the same device, but found at least two devices, cuda:0 "
        "and cpu!"
    )


@pytest.mark.parametrize("kind", ["cuda", "mps", "xpu"])
def test_the_answer_meets_the_kind_that_is_there(kind: str, student: Space) -> None:
    (gpu,) = accelerators(student, (kind,))

    assert gpu.call(student.picks_any) == torch.device(kind)
    assert gpu.call(student.picks) == ("cuda" if kind == "cuda" else "cpu")


def test_without_one_there_is_none(student: Space) -> None:
    assert call_without_accelerator(student, student.picks) == "cpu"
    assert call_without_accelerator(student, student.picks_any) is None
    with pytest.raises(StudentError, match="AssertionError: Torch not compiled with CUDA enabled"):
        call_without_accelerator(student, student.uses_cuda)


def test_outside_of_a_call_it_is_not_there(student: Space) -> None:
    (gpu,) = accelerators(student)
    gpu.call(student.picks)

    assert student.picks() == ("cuda" if torch.cuda.is_available() else "cpu")


def test_an_answer_that_only_speaks_of_a_device_is_no_tensor_there(student: Space) -> None:
    (gpu,) = accelerators(student)

    pretended = gpu.call(student.pretends, torch.ones(2))
    faked = gpu.call(student.fakes, torch.ones(2))

    assert not isinstance(pretended, Placed)
    assert not isinstance(faked, Placed)


def test_a_change_of_an_argument_on_the_accelerator_shows(student: Space) -> None:
    (gpu,) = accelerators(student)
    kept = gpu.put(torch.ones(2))

    gpu.call(student.writes, kept)

    assert gpu.fetch(kept).values.tolist() == [2.0, 2.0]


def test_a_tensor_there_is_no_plain_data(student: Space) -> None:
    (gpu,) = accelerators(student)

    with pytest.raises(Mismatch):
        expect(fetch(gpu.put(torch.ones(2))), torch.ones(2))


def test_an_accelerator_of_its_own_tells_nothing_that_is_believed(student: Space) -> None:
    (gpu,) = accelerators(student)
    # Helper code stands beside the student's code, which may replace it.
    gpu.tools.told = student.pretends

    with pytest.raises(StudentFailure):
        gpu.call(student.twice, torch.ones(2))


def test_an_answer_that_takes_any_accelerator_for_the_first_is_told(student: Space) -> None:
    (second,) = accelerators(student, ("cuda:1",))[:1]

    there = second.call(student.twice, second.put(torch.ones(2)))

    assert there.device == second.device == torch.device("cuda", 1)
    expect(there.values, torch.full((2,), 2.0))
    with pytest.raises(StudentError, match="GPU 0 has a total capacity"):
        second.call(student.uses_cuda)
