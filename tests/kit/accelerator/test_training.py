"""Networks on the accelerator: they learn what they learn on the CPU."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

OPTIMIZERS: dict[str, Callable[[Any], torch.optim.Optimizer]] = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01),
    "momentum, all at once": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, foreach=True),
    "Adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=0.01),
    "RMSprop": lambda p: torch.optim.RMSprop(p, lr=0.01),
}


def images() -> TensorDataset:
    generator = torch.Generator().manual_seed(1)
    return TensorDataset(
        torch.rand(10, 1, 8, 8, generator=generator),
        torch.randint(0, 3, (10,), generator=generator),
    )


def mlp() -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 12), nn.ReLU(), nn.Linear(12, 3))


def cnn() -> nn.Module:
    return nn.Sequential(
        *(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(4, 6, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3)),
    )


def trained(model: nn.Module, optimizer: torch.optim.Optimizer, device: Any) -> list[float]:
    model.train()
    loss_fn, losses = nn.CrossEntropyLoss(), []
    for _ in range(2):
        for x, y in DataLoader(images(), batch_size=4):
            loss = loss_fn(model(x.to(device)), y.to(device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


@pytest.mark.parametrize("make", [mlp, cnn])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_it_learns_as_on_the_cpu(
    make: Callable[[], nn.Module], optimizer: str, there: torch.device
) -> None:
    here = make()
    model = copy.deepcopy(here).to(there)

    losses = trained(model, OPTIMIZERS[optimizer](model.parameters()), there)

    assert losses == pytest.approx(trained(here, OPTIMIZERS[optimizer](here.parameters()), "cpu"))
    for name, expected in here.state_dict().items():
        actual = model.state_dict()[name]
        assert actual.device == there
        torch.testing.assert_close(actual.cpu(), expected, msg=name)


def test_an_optimizer_made_before_the_move_trains_the_moved_model(there: torch.device) -> None:
    torch.manual_seed(0)  # A few steps on random numbers go up one time in some hundred.
    model = mlp()
    optimizer = OPTIMIZERS["SGD"](model.parameters())
    parameters = list(model.parameters())
    model.to(there)

    losses = trained(model, optimizer, there)

    assert all(a is b for a, b in zip(parameters, model.parameters(), strict=True))
    assert losses[-1] < losses[0]


def test_a_model_comes_back_to_the_cpu_and_learns_on(there: torch.device) -> None:
    model = cnn().to(there)
    optimizer = OPTIMIZERS["momentum"](model.parameters())
    trained(model, optimizer, there)

    model.cpu()

    assert {p.device.type for p in model.parameters()} == {"cpu"}
    assert type(next(model.parameters())) is nn.Parameter
    trained(model, OPTIMIZERS["momentum"](model.parameters()), "cpu")


@pytest.mark.parametrize("move", [nn.Module.cuda, lambda model: model.to("cuda:0")])
def test_a_model_moves_by_every_idiom(
    move: Callable[[nn.Module], Any], there: torch.device
) -> None:
    model = cnn()

    returned = move(model)

    assert returned is model
    assert {t.device for t in (*model.parameters(), *model.buffers())} == {there}


def test_a_model_is_made_there(there: torch.device) -> None:
    layer = nn.Linear(3, 2, device="cuda")

    assert layer(torch.ones(1, 3, device=there)).device == there


def test_dropout_drops_about_its_share_there(there: torch.device) -> None:
    dropped = nn.Dropout(0.25)(torch.ones(4000, device=there))

    assert dropped.device == there
    assert 800 < int((dropped == 0).sum()) < 1200
    assert dropped.max().item() == pytest.approx(1 / 0.75)


def test_evaluation_needs_no_gradient_there(there: torch.device) -> None:
    model = cnn().to(there).eval()
    x = images().tensors[0].to(there)

    with torch.no_grad():
        plain = model(x)
    with torch.inference_mode():
        inferred = model(x)

    assert not plain.requires_grad
    assert torch.equal(plain, inferred)


def test_gradients_flow_through_a_move(there: torch.device) -> None:
    here = torch.ones(3, requires_grad=True)

    (here.to(there) * 2).sum().cpu().backward()

    assert here.grad is not None
    assert here.grad.device.type == "cpu"
    assert here.grad.tolist() == [2.0, 2.0, 2.0]


def test_gradients_of_what_was_written_into_a_view(there: torch.device) -> None:
    x = torch.ones(4, device=there, requires_grad=True)
    y = x * 1
    y[1:3] *= 5

    (y[[0, 1]].sum() + y[3:].sum()).backward()

    assert x.grad is not None
    assert x.grad.tolist() == [1.0, 5.0, 0.0, 1.0]


def test_gradients_of_gradients(there: torch.device) -> None:
    x = torch.tensor([2.0], device=there, requires_grad=True)

    (first,) = torch.autograd.grad((x**3).sum(), x, create_graph=True)
    first.sum().backward()

    assert x.grad is not None
    assert (first.item(), x.grad.item()) == (12.0, 12.0)


def test_gradients_are_clipped_there(there: torch.device) -> None:
    layer = nn.Linear(2, 2).to(there)
    (layer(torch.ones(1, 2, device=there)) * 100).sum().backward()

    nn.utils.clip_grad_norm_(layer.parameters(), 1.0)

    norms = [p.grad.norm() for p in layer.parameters() if p.grad is not None]
    assert torch.stack(norms).norm().item() == pytest.approx(1.0, rel=1e-4)


@pytest.mark.parametrize("workers", [0, 1])
def test_batches_of_a_loader_with_pinned_memory_move(workers: int, there: torch.device) -> None:
    loader = DataLoader(images(), batch_size=4, pin_memory=True, num_workers=workers)

    moved = [x.to("cuda", non_blocking=True) for x, _ in loader]

    assert [len(x) for x in moved] == [4, 4, 2]
    assert {x.device for x in moved} == {there}
    assert torch.equal(torch.cat(moved).cpu(), images().tensors[0])


def test_weights_are_loaded_from_either_device(there: torch.device) -> None:
    here, model = mlp(), mlp().to(there)

    model.load_state_dict(here.state_dict())
    back = mlp()
    back.load_state_dict(model.state_dict())

    assert next(model.parameters()).device == there
    assert type(next(back.parameters())) is nn.Parameter
    for actual, expected in zip(back.parameters(), here.parameters(), strict=True):
        assert torch.equal(actual, expected)


def test_a_learning_rate_schedule_and_a_scaler_do_their_work(there: torch.device) -> None:
    model = mlp().to(there)
    optimizer = OPTIMIZERS["SGD"](model.parameters())
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 1)
    scaler = torch.amp.GradScaler("cuda")

    loss = model(images().tensors[0].to(there)).sum()
    scaler.scale(loss).backward()
    scaler.step(optimizer)
    scaler.update()
    schedule.step()

    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.01)
