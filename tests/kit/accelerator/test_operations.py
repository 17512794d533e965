"""What is computed on the accelerator: the CPU's numbers, on that device."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from autograder import accelerator

Operation = Callable[[torch.Tensor, torch.Tensor], Any]
"""Given six floats as (2, 3) and the labels 2 and 0."""

OPERATIONS: dict[str, Operation] = {
    "a row": lambda x, y: x[0],
    "a column": lambda x, y: x[:, 1],
    "a slice": lambda x, y: x[:, 1:],
    "a list as index": lambda x, y: x[:, [2, 0]],
    "an array as index": lambda x, y: x[np.array([1, 0])],
    "a tensor as index": lambda x, y: x.T[y],
    "a mask": lambda x, y: x[x > 0.2],
    "pairs of indices": lambda x, y: x[torch.arange(2), y.cpu()],
    "reshape": lambda x, y: x.reshape(3, 2),
    "view": lambda x, y: x.view(-1),
    "flatten": lambda x, y: x.flatten(),
    "transposed": lambda x, y: x.T,
    "permuted": lambda x, y: x.permute(1, 0).contiguous(),
    "unsqueeze": lambda x, y: x.unsqueeze(0).squeeze(0),
    "expand": lambda x, y: x[:1].expand(4, 3),
    "matrix product": lambda x, y: x @ x.T,
    "matmul": lambda x, y: torch.matmul(x, x[0]),
    "einsum": lambda x, y: torch.einsum("ij,kj->ik", x, x),
    "linear": lambda x, y: functional.linear(x, x),
    "arithmetic": lambda x, y: (2 * x - 1) / (x + 3) ** 2,
    "comparison": lambda x, y: x >= 0.5,
    "equal": lambda x, y: x.argmax(dim=1) == y,
    "logic": lambda x, y: (x > 0.1) & ~(x > 0.5),
    "sum": lambda x, y: x.sum(),
    "sum over an axis": lambda x, y: x.sum(dim=1, keepdim=True),
    "mean": lambda x, y: x.mean(dim=0),
    "std": lambda x, y: x.std(),
    "max": lambda x, y: x.max(dim=1).values,
    "argmax": lambda x, y: x.argmax(1),
    "sort": lambda x, y: x.sort(descending=True).indices,
    "topk": lambda x, y: x.topk(2).values,
    "cumsum": lambda x, y: x.cumsum(1),
    "clamp": lambda x, y: x.clamp(0.2, 0.6),
    "where": lambda x, y: torch.where(x > 0.5, x, 0.0),
    "relu": lambda x, y: torch.relu(x - 0.5),
    "tanh": lambda x, y: x.tanh(),
    "softmax": lambda x, y: x.softmax(dim=1),
    "log_softmax": lambda x, y: functional.log_softmax(x, dim=1),
    "cross entropy": lambda x, y: functional.cross_entropy(x, y),
    "cross entropy with smoothing": lambda x, y: nn.CrossEntropyLoss(label_smoothing=0.1)(x, y),
    "nll": lambda x, y: functional.nll_loss(x.log_softmax(1), y),
    "mse": lambda x, y: functional.mse_loss(x, x * 2),
    "cat": lambda x, y: torch.cat([x, x]),
    "stack": lambda x, y: torch.stack([x, x], dim=1),
    "split": lambda x, y: x.split(2, dim=1)[1],
    "chunk": lambda x, y: x.chunk(3, dim=1)[2],
    "one_hot": lambda x, y: functional.one_hot(y, 4),
    "one_hot, classes counted": lambda x, y: functional.one_hot(y),
    "bincount": lambda x, y: torch.bincount(y, minlength=5),
    "unique": lambda x, y: y.unique(),
    "nonzero": lambda x, y: (x > 0.5).nonzero(),
    "zeros_like": lambda x, y: torch.zeros_like(x),
    "full_like": lambda x, y: torch.full_like(x, 3, dtype=torch.int64),
    "new_zeros": lambda x, y: x.new_zeros(2),
    "new_tensor": lambda x, y: x.new_tensor([1, 2]),
    "float": lambda x, y: y.float(),
    "double": lambda x, y: x.double(),
    "int": lambda x, y: x.int(),
    "to a dtype": lambda x, y: x.to(torch.float16),
    "to another tensor": lambda x, y: torch.arange(3).to(x),
    "type of another": lambda x, y: y.type_as(x),
    "clone": lambda x, y: x.clone(),
    "detach": lambda x, y: x.detach(),
    "a number from the CPU": lambda x, y: x * torch.tensor(3.0) + torch.tensor(1),
    "dot": lambda x, y: x[0].dot(x[1]),
    "norm": lambda x, y: x.norm(),
    "gather": lambda x, y: x.gather(1, y[:, None]),
    "scatter": lambda x, y: torch.zeros_like(x).scatter_(1, y[:, None], 1.0),
    "index_add": lambda x, y: torch.zeros_like(x).index_add_(0, y // 2, x),
    "convolution": lambda x, y: functional.conv2d(x.view(1, 1, 2, 3), x.view(1, 1, 2, 3)[..., :2]),
    "max_pool": lambda x, y: functional.max_pool2d(x.view(1, 1, 2, 3), (1, 3)),
    "avg_pool": lambda x, y: functional.avg_pool2d(x.view(1, 1, 2, 3), 2),
    "embedding": lambda x, y: functional.embedding(y, x.T),
    "layer_norm": lambda x, y: functional.layer_norm(x, (3,)),
    "attention": lambda x, y: functional.scaled_dot_product_attention(x[None], x[None], x[None]),
}


def inputs() -> tuple[torch.Tensor, torch.Tensor]:
    return torch.tensor([[0.9, 0.1, 0.35], [0.6, 0.2, 0.05]]), torch.tensor([2, 0])


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_gives_the_cpus_numbers_on_the_device(name: str, there: torch.device) -> None:
    x, y = inputs()
    expected = OPERATIONS[name](x, y)

    actual = OPERATIONS[name](x.to(there), y.to(there))

    assert actual.device == there
    torch.testing.assert_close(actual.cpu(), expected)


CREATIONS: dict[str, Callable[[Any], torch.Tensor]] = {
    "zeros": lambda device: torch.zeros(2, 3, device=device),
    "ones": lambda device: torch.ones((2, 3), device=device, dtype=torch.int32),
    "full": lambda device: torch.full((2,), 7.0, device=device),
    "eye": lambda device: torch.eye(3, device=device),
    "arange": lambda device: torch.arange(5, device=device),
    "linspace": lambda device: torch.linspace(0, 1, 5, device=device),
    "tensor of a list": lambda device: torch.tensor([[1, 2], [3, 4]], device=device),
    "tensor of floats": lambda device: torch.tensor([1.5], dtype=torch.float64, device=device),
    "as_tensor": lambda device: torch.as_tensor(np.ones(3), device=device),
    "asarray": lambda device: torch.asarray([1, 2], device=device),
    "from an array, moved": lambda device: torch.from_numpy(np.arange(3)).to(device),
    "zeros_like of a CPU tensor": lambda device: torch.zeros_like(torch.ones(2), device=device),
    "new_ones of a CPU tensor": lambda device: torch.ones(2).new_ones(3, device=device),
}


@pytest.mark.parametrize("name", CREATIONS)
@pytest.mark.parametrize("device", ["cuda", "cuda:0", torch.device("cuda")], ids=str)
def test_a_tensor_is_created_on_the_device(name: str, device: Any, there: torch.device) -> None:
    expected = CREATIONS[name]("cpu")

    actual = CREATIONS[name](device)

    assert actual.device == there
    torch.testing.assert_close(actual.cpu(), expected)


DRAWS: dict[str, Callable[[Any, Any], torch.Tensor]] = {
    "rand": lambda device, g: torch.rand(50, device=device, generator=g),
    "randn": lambda device, g: torch.randn(50, device=device, generator=g),
    "randint": lambda device, g: torch.randint(0, 1000, (50,), device=device, generator=g),
    "randperm": lambda device, g: torch.randperm(50, device=device, generator=g),
    "uniform_": lambda device, g: torch.empty(50, device=device).uniform_(generator=g),
    "normal_": lambda device, g: torch.empty(50, device=device).normal_(generator=g),
    "bernoulli": lambda device, g: torch.bernoulli(
        torch.full((50,), 0.5, device=device), generator=g
    ),
}


@pytest.mark.parametrize("name", DRAWS)
def test_a_generator_of_the_device_repeats_its_numbers(name: str, there: torch.device) -> None:
    draw = DRAWS[name]

    first = draw("cuda", torch.Generator(device="cuda").manual_seed(5))
    again = draw("cuda", torch.Generator(device=there).manual_seed(5))

    assert first.device == there
    assert torch.equal(first, again)


@pytest.mark.parametrize("name", DRAWS)
def test_manual_seed_repeats_the_numbers_of_the_device(name: str, there: torch.device) -> None:
    torch.manual_seed(7)
    first, second = DRAWS[name](there, None), DRAWS[name](there, None)
    torch.manual_seed(7)
    again = DRAWS[name](there, None)

    assert torch.equal(first, again)
    assert not torch.equal(first, second)


def test_a_seed_given_while_it_was_away_counts_when_it_is_there_again() -> None:
    drawn = []
    for seed in (3, None, 4, 3):
        if seed is not None:
            torch.manual_seed(seed)
        with accelerator.present() as there:
            drawn.append(torch.rand(4, device=there).tolist())

    first, second, _, again = drawn
    assert again == first
    assert second != first


def test_drawing_on_the_device_leaves_the_cpus_generator_alone(there: torch.device) -> None:
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)

    torch.rand(5, device=there)
    torch.rand_like(torch.zeros(2, device=there))

    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize("like", [torch.rand_like, torch.randn_like])
def test_numbers_in_the_likeness_of_a_tensor_are_drawn_there(
    like: Callable[..., torch.Tensor], there: torch.device
) -> None:
    pattern = torch.zeros(40, 5, dtype=torch.int64, device=there)

    drawn = like(pattern, dtype=torch.float32)

    assert (drawn.device, drawn.dtype, drawn.shape) == (there, torch.float32, (40, 5))
    assert len(drawn.cpu().unique()) > 190


def test_a_view_shares_memory_with_its_base(there: torch.device) -> None:
    base = torch.zeros(2, 3, device=there)
    row, turned = base[0], base.T

    base[0, 1] = 5.0
    turned[2, 1] = 7.0
    row.add_(1)

    assert base.tolist() == [[1.0, 6.0, 1.0], [0.0, 0.0, 7.0]]
    assert row.untyped_storage().data_ptr() == base.untyped_storage().data_ptr()


def test_in_place_operations_change_the_tensor_itself(there: torch.device) -> None:
    x = torch.arange(6.0, device=there).reshape(2, 3)
    same = x

    x += 1
    x[:, 0] = torch.tensor([10.0, 20.0], device=there)
    x[x > 15] = -1
    x.mul_(2).clamp_(max=10)
    x.t_()

    assert same is x
    assert x.shape == (3, 2)
    assert x.cpu().tolist() == [[10.0, -2.0], [4.0, 10.0], [6.0, 10.0]]


def test_a_copy_is_apart_from_the_tensor_it_was_made_of(there: torch.device) -> None:
    here = torch.ones(2)
    moved = here.to(there)

    moved[0] = 5
    back = moved.cpu()
    back[1] = 7

    assert (here.tolist(), moved.tolist(), back.tolist()) == ([1, 1], [5, 1], [5, 7])


def test_what_is_there_already_is_not_copied(there: torch.device) -> None:
    x = torch.ones(2, device=there)

    assert x.to("cuda") is x
    assert x.to(there) is x
    assert x.cuda() is x


def test_single_numbers_come_out_of_it(there: torch.device) -> None:
    x = torch.tensor([0.0, 2.75], device=there)

    assert (x[1].item(), float(x[1]), int(x[1])) == (2.75, 2.75, 2)
    assert (bool(x[1]), bool(x[0]), (x > 1).any().item()) == (True, False, True)
    assert (x.tolist(), f"{x[1]:.1f}", len(x), max(x).item()) == ([0.0, 2.75], "2.8", 2, 2.75)


def test_many_numbers_are_no_truth_value(there: torch.device) -> None:
    with pytest.raises(RuntimeError, match="Boolean value of Tensor with more than one value"):
        bool(torch.ones(2, device=there))


@pytest.mark.parametrize("take", [torch.Tensor.numpy, np.asarray])
def test_numpy_is_refused_in_torchs_words(take: Any, there: torch.device) -> None:
    with pytest.raises(TypeError) as refused:
        take(torch.ones(2, device=there))

    assert str(refused.value) == (
        "can't convert cuda:0 device type tensor to numpy. "
        "Use Tensor.cpu() to copy the tensor to host memory first."
    )


def test_numpy_takes_the_copy_on_the_cpu(there: torch.device) -> None:
    assert torch.ones(2, device=there).cpu().numpy().tolist() == [1.0, 1.0]
    assert torch.ones(2, device=there).numpy(force=True).tolist() == [1.0, 1.0]


SHOWN: dict[str, Callable[[], torch.Tensor]] = {
    "tensor([1., 2.], device='cuda:0')": lambda: torch.tensor([1.0, 2.0], device="cuda"),
    "tensor(3, device='cuda:0')": lambda: torch.tensor(3, device="cuda"),
    "tensor([1], device='cuda:0', dtype=torch.int32)": lambda: torch.ones(1, device="cuda").int(),
    "tensor([], device='cuda:0')": lambda: torch.zeros(0, device="cuda"),
    "tensor([2.], device='cuda:0', requires_grad=True)": (
        lambda: torch.tensor([2.0], device="cuda", requires_grad=True)
    ),
    "tensor([4.], device='cuda:0', grad_fn=<MulBackward0>)": (
        lambda: 2 * torch.tensor([2.0], device="cuda", requires_grad=True)
    ),
    "Parameter containing:\ntensor([0.], device='cuda:0', requires_grad=True)": (
        lambda: nn.Parameter(torch.zeros(1, device="cuda"))
    ),
}


@pytest.mark.parametrize("text", SHOWN)
def test_a_tensor_is_printed_with_its_device(text: str, there: torch.device) -> None:
    tensor = SHOWN[text]()

    assert repr(tensor) == text


def test_it_says_where_it_is(there: torch.device) -> None:
    x = torch.ones(2, device=there)

    assert (x.device, x.device.type, x.get_device()) == (torch.device("cuda", 0), "cuda", 0)
    assert (x.is_cuda, x.is_cpu, x.is_mps, x.is_xpu, x.is_meta) == (True, *[False] * 4)
    assert (x.type(), x.long().type()) == ("torch.cuda.FloatTensor", "torch.cuda.LongTensor")
    assert isinstance(x, torch.Tensor)
    assert accelerator.device_of(x) == there


def test_a_deep_copy_is_there_too_with_its_gradient(there: torch.device) -> None:
    layer = nn.Linear(2, 1).to(there)
    layer(torch.ones(1, 2, device=there)).sum().backward()

    twin = copy.deepcopy(layer)
    with torch.no_grad():
        layer.weight.zero_()

    assert twin.weight.device == there
    assert isinstance(twin.weight, nn.Parameter)
    assert twin.weight.grad is not None
    assert twin.weight.grad.tolist() == [[1.0, 1.0]]
    assert bool((twin.weight != 0).all())


def test_data_can_be_replaced(there: torch.device) -> None:
    weight = nn.Parameter(torch.ones(2, device=there))

    weight.data = weight.data - 0.5
    weight.data[0] = 4

    assert weight.tolist() == [4.0, 0.5]


def test_unfilled_memory_shows_in_the_mode_that_fills_it_with_nan(there: torch.device) -> None:
    torch.use_deterministic_algorithms(True, warn_only=True)
    try:
        unfilled = torch.empty_like(torch.ones(3, device=there))
    finally:
        torch.use_deterministic_algorithms(False)

    assert bool(unfilled.isnan().all())


@pytest.mark.parametrize("kind", [torch.tensor, lambda data: nn.Parameter(torch.tensor(data))])
def test_a_tensors_data_may_be_moved_there_and_back(kind: Any) -> None:
    t = kind([1.0, 2.0])
    with accelerator.present() as there:
        t.data = t.data.to("cuda")

        assert (t.device, (t + 1).tolist()) == (there, [2.0, 3.0])
        assert isinstance(t, nn.Parameter) == t.requires_grad
        t.data = t.data.to("cpu")
        assert (t.device.type, (t + 1).tolist()) == ("cpu", [2.0, 3.0])
        assert isinstance(t, nn.Parameter) == t.requires_grad
