"""The accelerator comes and goes: while it is there torch reports it, and nothing of it stays."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from torch import nn

from autograder import accelerator
from autograder.accelerator.presence import KINDS


def pick_by_cuda() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def pick_by_accelerator() -> torch.device:
    if torch.accelerator.is_available():
        found = torch.accelerator.current_accelerator()
        assert found is not None
        return found
    return torch.device("cpu")


@pytest.mark.parametrize("kind", KINDS)
def test_torch_reports_the_one_that_is_present(kind: str) -> None:
    with accelerator.present(kind) as there:
        module = torch.get_device_module(kind)

        assert there == torch.device(kind, 0)
        assert torch.accelerator.is_available()
        assert torch.accelerator.current_accelerator() == torch.device(kind)
        assert torch.accelerator.current_accelerator(check_available=True) == torch.device(kind)
        assert (torch.accelerator.device_count(), torch.accelerator.current_device_index()) == (
            1,
            0,
        )
        assert (module.is_available(), module.device_count()) == (True, 1)
        assert torch.cuda.is_available() == (kind == "cuda")
        assert torch.cuda.device_count() == int(kind == "cuda")
        assert torch.backends.mps.is_available() == (kind == "mps")
        assert torch.xpu.is_available() == (kind == "xpu")
        torch.accelerator.synchronize()


@pytest.mark.parametrize("kind", KINDS)
def test_a_tensor_bears_the_name_of_its_kind(kind: str) -> None:
    with accelerator.present(kind):
        x = torch.ones(2, device=kind)

        assert repr(x) == f"tensor([1., 1.], device='{kind}:0')"
        with pytest.raises(RuntimeError, match=f"two devices, {kind}:0 and cpu!"):
            x + torch.ones(2)


@pytest.mark.parametrize("pick", [pick_by_cuda, pick_by_accelerator])
def test_both_idioms_meet_it(pick: Any) -> None:
    with accelerator.present() as there:
        model = nn.Linear(2, 1).to(pick())
        assert model(torch.ones(1, 2, device=pick())).device == there
    with accelerator.absent():
        model = nn.Linear(2, 1).to(pick())
        assert model(torch.ones(1, 2, device=pick())).device.type == "cpu"


def test_code_for_nvidias_only_finds_none_of_another_kind() -> None:
    with accelerator.present("mps"):
        assert pick_by_cuda() == "cpu"
        with pytest.raises(AssertionError, match=r"^Torch not compiled with CUDA enabled$"):
            torch.ones(2).cuda()
        with pytest.raises(AssertionError, match=r"^Torch not compiled with CUDA enabled$"):
            nn.Linear(1, 1).to("cuda")


def test_without_one_torch_reports_none_and_refuses() -> None:
    with accelerator.absent():
        assert not torch.accelerator.is_available()
        assert torch.accelerator.current_accelerator() is None
        assert (torch.accelerator.device_count(), torch.cuda.device_count()) == (0, 0)
        for use in (
            lambda: torch.ones(2).cuda(),
            lambda: torch.ones(2).to("cuda"),
            lambda: torch.ones(2, device="cuda:0"),
            lambda: nn.Linear(1, 1).to(torch.device("cuda")),
        ):
            with pytest.raises(AssertionError, match=r"^Torch not compiled with CUDA enabled$"):
                use()
        assert torch.ones(2, device="cpu").to("cpu").device.type == "cpu"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the kinds cuda, mps, xpu, not 'gpu'"):
        accelerator.present("gpu").__enter__()


def test_a_default_device_holds_until_it_leaves() -> None:
    with accelerator.present() as there:
        torch.set_default_device("cuda")
        assert torch.get_default_device() == torch.device("cuda")
        assert torch.zeros(2).device == there
        assert torch.tensor([1.0]).device == there
        assert next(nn.Linear(1, 1).parameters()).device == there

    assert torch.zeros(2).device.type == "cpu"


def test_a_device_is_a_context_too() -> None:
    with accelerator.present() as there, torch.device("cuda"):
        assert torch.zeros(2).device == there
        assert torch.tensor([1]).device == there


def test_the_meta_device_can_be_asked_for() -> None:
    with accelerator.present():
        assert torch.empty(2, device="meta").is_meta
        assert torch.ones(2).to("meta").device.type == "meta"


def state_of_torch() -> dict[str, Any]:
    """All that presence touches, by identity."""
    owners = {
        "torch": torch,
        "Tensor": torch.Tensor,
        "UntypedStorage": torch.UntypedStorage,
        "accelerator": torch.accelerator,
        "backends.mps": torch.backends.mps,
        "backends.cudnn": torch.backends.cudnn,
        **{name: getattr(torch, name) for name in ("cuda", "mps", "xpu", "mtia")},
    }
    state: dict[str, Any] = {
        f"{owner}.{name}": value
        for owner, thing in owners.items()
        for name, value in vars(thing).items()
    }
    return {
        **state,
        "packages": list(torch.serialization._package_registry),
        "function modes": torch._C._len_torch_function_stack(),
        "dispatch modes": torch._C._len_torch_dispatch_stack(),
        "swap": torch.__future__.get_swap_module_params_on_conversion(),
        "default device": torch.get_default_device(),
        "backend": torch._C._get_privateuse1_backend_name(),
    }


class PassingOn(torch.overrides.TorchFunctionMode):
    """A mode that changes nothing, and that somebody forgets to leave."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return func(*args, **(kwargs or {}))


def _quietly() -> None:
    torch.ones(2, device=torch.accelerator.current_accelerator())


def _with_an_error() -> None:
    raise KeyError("the student's")


def _with_a_default_device() -> None:
    torch.set_default_device("cuda")


def _with_training() -> None:
    layer = nn.Linear(2, 1).to("cuda")
    optimizer = torch.optim.Adam(layer.parameters())
    layer(torch.ones(1, 2, device="cuda")).sum().backward()
    optimizer.step()


@pytest.mark.parametrize(
    "leave", [_quietly, _with_an_error, _with_a_default_device, _with_training]
)
@pytest.mark.parametrize("kind", KINDS)
def test_leaving_restores_torch(kind: str, leave: Any) -> None:
    if kind != "cuda" and leave is not _with_an_error:
        leave = _quietly
    _ = torch.cuda.is_available(), torch.backends.cudnn.version()
    before = state_of_torch()

    try:
        with accelerator.present(kind):
            leave()
    except KeyError:
        pass

    after = state_of_torch()
    assert {name for name in before | after if before.get(name) is not after.get(name)} <= {
        *("packages", "function modes", "dispatch modes", "swap", "default device", "backend")
    }
    for name in ("packages", "function modes", "dispatch modes", "swap", "default device"):
        assert after[name] == before[name]


def test_leaving_restores_torch_where_a_mode_was_left_in_place() -> None:
    left = PassingOn()

    with accelerator.present():
        left.__enter__()

    try:
        assert torch.ones(2, device="cpu").device.type == "cpu"
        assert torch._C._len_torch_function_stack() == 1
    finally:
        left.__exit__(None, None, None)


def test_it_comes_again_and_again() -> None:
    for _ in range(3):
        with accelerator.present():
            assert pick_by_cuda() == "cuda"
        with accelerator.absent():
            assert pick_by_cuda() == "cpu"


def test_one_may_be_absent_within_the_other() -> None:
    with accelerator.present(), accelerator.absent():
        assert pick_by_cuda() == "cpu"
        with pytest.raises(AssertionError, match="not compiled with CUDA"):
            torch.ones(2, device="cuda")


def test_importing_the_room_changes_nothing_of_torch() -> None:
    program = (
        "import torch\n"
        "names = (torch.accelerator, torch.cuda, torch.Tensor, torch)\n"
        "before = [dict(vars(n)) for n in names]\n"
        "from autograder.accelerator import AcceleratorTensor, absent, device_of, present\n"
        "assert [dict(vars(n)) for n in names] == before\n"
        "assert torch._C._get_privateuse1_backend_name() == 'privateuseone'\n"
        "print(torch.cuda.is_initialized())\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert (done.stdout, done.stderr, done.returncode) == ("False\n", "", 0)


@pytest.fixture(autouse=True)
def nothing_stays() -> Iterator[None]:
    yield
    assert torch.zeros(1).device.type == "cpu"
    assert torch._C._len_torch_function_stack() == 0


@pytest.mark.parametrize(
    "imported_before", [torch.cuda.is_available, torch.accelerator.is_available]
)
def test_a_function_that_was_imported_before_answers_too(imported_before: Any) -> None:
    before = imported_before()
    with accelerator.present():
        assert imported_before() is True
        with accelerator.absent():
            assert imported_before() is False
        assert imported_before() is True
    assert imported_before() is before


def test_what_torch_keeps_of_its_own_answers_is_true_again_afterwards() -> None:
    imported_before = torch.backends.mps.is_available
    before = imported_before()
    with accelerator.present("mps"):
        assert imported_before() is True
    assert imported_before() is before


def test_what_a_gpu_is_can_be_asked_and_printed() -> None:
    with accelerator.present():
        properties = torch.cuda.get_device_properties(0)
        free, total = torch.cuda.mem_get_info()

        assert f"{properties.name}: {properties.total_memory // 2**20} MiB" in (
            f"{torch.cuda.get_device_name(0)}: 16384 MiB"
        )
        assert 0 < free <= total
        assert isinstance(torch.cuda.memory_summary(), str)


def test_the_second_of_two_is_another_device_than_the_first() -> None:
    with accelerator.present("cuda", 1) as there:
        x = torch.ones(2, device=there)

        assert (torch.cuda.device_count(), torch.cuda.current_device()) == (2, 0)
        assert (x + 1).device == torch.device("cuda", 1)
        assert x.to("cuda:1").device == nn.Linear(2, 1).to(there).weight.device == there
        for device in ("cuda", 0, torch.device("cuda:0")):
            with pytest.raises(torch.OutOfMemoryError, match="GPU 0"):
                x.to(device)
        with pytest.raises(torch.OutOfMemoryError, match="GPU 0"):
            x.cuda()
        with pytest.raises(RuntimeError, match="invalid device ordinal"):
            x.to("cuda:2")
