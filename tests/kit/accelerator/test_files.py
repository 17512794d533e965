"""Files saved on the accelerator are those of a GPU, and files are loaded onto it."""

from __future__ import annotations

import io
from typing import Any

import pytest
import torch
from torch import nn

from autograder import accelerator

REFUSAL = (
    "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. "
    "If you are running on a CPU-only machine, please use torch.load with "
    "map_location=torch.device('cpu') to map your storages to the CPU."
)


def saved(value: Any) -> bytes:
    buffer = io.BytesIO()
    torch.save(value, buffer)
    return buffer.getvalue()


def loaded(raw: bytes, **options: Any) -> Any:
    return torch.load(io.BytesIO(raw), weights_only=True, **options)


@pytest.fixture
def from_gpu() -> bytes:
    with accelerator.present() as there:
        return saved({"weight": torch.tensor([1.0, 2.0]).to(there), "epoch": 3})


def test_a_file_from_the_accelerator_needs_map_location_without_one(from_gpu: bytes) -> None:
    with accelerator.absent(), pytest.raises(RuntimeError) as refused:
        loaded(from_gpu)

    assert str(refused.value) == REFUSAL


@pytest.mark.parametrize("where", ["cpu", torch.device("cpu"), {"cuda:0": "cpu"}], ids=str)
def test_map_location_brings_it_to_the_cpu(where: Any, from_gpu: bytes) -> None:
    value = loaded(from_gpu, map_location=where)

    assert type(value["weight"]) is torch.Tensor
    assert (value["weight"].device.type, value["weight"].tolist()) == ("cpu", [1.0, 2.0])
    assert value["epoch"] == 3


def test_where_the_accelerator_is_it_is_loaded_there(from_gpu: bytes) -> None:
    with accelerator.present() as there:
        value = loaded(from_gpu)

        assert (value["weight"].device, value["weight"].tolist()) == (there, [1.0, 2.0])


@pytest.mark.parametrize("where", ["cuda", "cuda:0", torch.device("cuda")], ids=str)
def test_a_file_from_the_cpu_is_loaded_onto_the_accelerator(where: Any) -> None:
    raw = saved(torch.arange(6.0).reshape(2, 3).T)

    with accelerator.present() as there:
        value = loaded(raw, map_location=where)
        value += 1

        assert value.device == there
        assert value.tolist() == [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]


def test_an_accelerator_that_is_not_there_is_refused() -> None:
    raw = saved(torch.ones(2))

    with accelerator.present(), pytest.raises(RuntimeError, match=r"CUDA device 1 but"):
        loaded(raw, map_location="cuda:1")


def test_the_weights_and_the_optimizer_of_a_model_survive() -> None:
    with accelerator.present() as there:
        model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)).to(there)
        optimizer = torch.optim.Adam(model.parameters())
        model(torch.rand(5, 3, device=there)).sum().backward()
        optimizer.step()
        raw = saved({"model": model.state_dict(), "optimizer": optimizer.state_dict()})
        expected = [p.tolist() for p in model.parameters()]

    checkpoint = loaded(raw, map_location="cpu")
    model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
    model.load_state_dict(checkpoint["model"])
    torch.optim.Adam(model.parameters()).load_state_dict(checkpoint["optimizer"])

    assert [p.tolist() for p in model.parameters()] == expected


def test_tensors_that_share_memory_still_do_after_loading(from_gpu: bytes) -> None:
    with accelerator.present() as there:
        base = torch.zeros(2, 2, device=there)
        raw = saved([base, base[0]])

    base, row = loaded(raw, map_location="cpu")
    row[1] = 5.0

    assert base.tolist() == [[0.0, 5.0], [0.0, 0.0]]


def test_a_whole_model_is_saved_with_its_parameters(from_gpu: bytes) -> None:
    with accelerator.present() as there:
        raw = saved(nn.Linear(2, 1).to(there))

    # The kit itself never loads a pickle; here it is our own, of a moment ago.
    model = torch.load(io.BytesIO(raw), map_location="cpu", weights_only=False)

    assert type(model.weight) is nn.Parameter
    assert model.weight.requires_grad


def test_files_of_the_cpu_stay_what_they_are() -> None:
    before = saved({"weight": torch.arange(4.0)})

    with accelerator.present():
        during = saved({"weight": torch.arange(4.0)})

    assert during == before
    assert loaded(during)["weight"].tolist() == [0.0, 1.0, 2.0, 3.0]
