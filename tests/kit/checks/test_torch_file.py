"""Files of torch.save are loaded in a fresh kernel: what they hold comes out, all else is told."""

from __future__ import annotations

import builtins
import io
import random
import struct
import warnings
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
import torch
from torch import nn

from autograder.checks.torch_file import (
    MAX_FILE_BYTES,
    UnreadableFile,
    booby_trapped,
    read_torch_file,
)
from autograder.judge.sitting import FreshKernel
from autograder.namespace.space import Link, Space, define, time_limit
from tests.kit.course_maker import LIMITS
from tests.kit.kernels import plan_of

LEGACY = {"_use_new_zipfile_serialization": False}
FORMATS = pytest.mark.parametrize("how", [{}, LEGACY, {"pickle_protocol": 3}], ids=str)


@pytest.fixture(scope="module")
def fresh() -> Iterator[Space]:
    with FreshKernel(plan_of(), LIMITS) as kernel:
        yield Space(Link(kernel, owner="fresh kernel", wall_s=20.0))


class Small(nn.Module):
    """A network of the test's own, pickled whole below."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(3, 2)
        self.norm = nn.BatchNorm1d(2)


def saved(value: Any, **how: Any) -> bytes:
    file = io.BytesIO()
    torch.save(value, file, **how)
    return file.getvalue()


def same(actual: Any, expected: Any) -> bool:
    """Equal in kind and value, all the way down."""
    if isinstance(expected, torch.Tensor):
        return (
            type(actual) is torch.Tensor
            and actual.dtype == expected.dtype
            and actual.shape == expected.shape
            and torch.equal(actual, expected.detach())
        )
    if isinstance(expected, dict):
        return (
            type(actual) is dict
            and list(actual) == list(expected)
            and all(same(actual[key], value) for key, value in expected.items())
        )
    if isinstance(expected, (list, tuple)):
        return (
            type(actual) is type(expected)
            and len(actual) == len(expected)
            and all(same(*pair) for pair in zip(actual, expected, strict=True))
        )
    return type(actual) is type(expected) and bool(actual == expected)


def checkpoint() -> dict[Any, Any]:
    model = Small()
    optimizer = torch.optim.Adam(model.parameters())
    model.norm(model.linear(torch.randn(5, 3))).sum().backward()
    optimizer.step()
    return {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "epoch": 3,
        ("a", 1): [torch.float16, torch.device("cpu"), torch.Size([2])],
        "more": [1.5, None, True, -7, 2**40, 2**70, "a text", (1, (2, 3)), OrderedDict(a=1)],
    }


@FORMATS
def test_plain_data_and_tensors_come_out_as_they_went_in(fresh: Space, how: dict[str, Any]) -> None:
    value = checkpoint()

    file = read_torch_file(fresh, saved(value, **how))

    assert same(file.value, value)
    assert file.refused == ""


@FORMATS
@pytest.mark.parametrize(
    "dtype",
    [
        *(torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32),
        *(torch.int16, torch.int8, torch.uint8, torch.bool),
    ],
)
def test_each_dtype_is_read(fresh: Space, dtype: torch.dtype, how: dict[str, Any]) -> None:
    tensor = torch.randint(0, 2, (3, 4)).to(dtype)

    assert same(read_torch_file(fresh, saved(tensor, **how)).value, tensor)


@FORMATS
def test_views_parameters_and_empty_tensors_are_read(fresh: Space, how: dict[str, Any]) -> None:
    whole = torch.randn(4, 6)
    parts = [whole[1], whole[:, 2], whole.T, whole[1:3, ::2], torch.empty(0, 3), torch.tensor(2.5)]

    file = read_torch_file(fresh, saved([*parts, nn.Parameter(whole)], **how))

    assert same(file.value, [*parts, whole])
    assert len(file.tensors) == 7


@FORMATS
def test_a_whole_model_is_told_by_its_class(fresh: Space, how: dict[str, Any]) -> None:
    file = read_torch_file(fresh, saved(Small(), **how))

    assert (file.value, file.refused) == (None, f"{__name__}.Small")


@FORMATS
def test_a_booby_trap_is_refused_and_does_not_run(fresh: Space, how: dict[str, Any]) -> None:
    state = Small().state_dict()
    expression = "setattr(__import__('builtins'), 'sprung', 1)"
    trapped = booby_trapped(fresh, saved(state, **how), expression)

    file = read_torch_file(fresh, trapped)

    looking = "import builtins\ndef sprung(): return hasattr(builtins, 'sprung')"
    assert define(fresh, looking).sprung() is False
    assert (file.value, file.refused) == (None, "eval")


@FORMATS
def test_a_booby_trap_works_where_a_file_is_loaded_unsafely(
    fresh: Space, how: dict[str, Any]
) -> None:
    # Only this test's own file is loaded: it shows that checks hand out traps that would spring.
    state = Small().state_dict()
    expression = "setattr(__import__('builtins'), 'sprung', 2)"
    trapped = booby_trapped(fresh, saved(state, **how), expression)

    with pytest.raises(Exception, match="weights_only"):
        torch.load(io.BytesIO(trapped), weights_only=True)
    assert not hasattr(builtins, "sprung")

    loaded = torch.load(io.BytesIO(trapped), weights_only=False)
    sprung = builtins.__dict__.pop("sprung")

    assert sprung == 2
    assert same(dict(loaded), dict(state))


@FORMATS
def test_a_damaged_file_is_unreadable_and_nothing_else(fresh: Space, how: dict[str, Any]) -> None:
    good = saved(checkpoint(), **how)
    draw, unreadable = random.Random(5), 0
    for _ in range(300):
        bad = bytearray(good)
        for _ in range(draw.randint(1, 8)):
            bad[draw.randrange(len(bad))] = draw.randrange(256)
        cut = bytes(bad[: draw.choice([len(bad), draw.randrange(len(bad))])])
        try:
            read_torch_file(fresh, cut)
        except UnreadableFile:
            unreadable += 1

    assert unreadable > 200


def pickled(body: bytes) -> bytes:
    """A file of torch.save whose pickle is this."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/data.pkl", b"\x80\x02" + body + b".")
        archive.writestr("archive/version", b"3\n")
        archive.writestr("archive/data/0", b"\0" * 4)
    return file.getvalue()


def tensor_told(shape: bytes, strides: bytes, count: bytes = b"K\x01") -> bytes:
    """The steps that make a tensor of the one float that `pickled` stores."""
    storage = b"(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpu" + count
    return (
        b"ctorch._utils\n_rebuild_tensor_v2\n("
        + storage
        + b"tQK\0"
        + shape
        + strides
        + b"\x89ccollections\nOrderedDict\n)RtR"
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"(",
        b"(.",
        b"0",
        b"h\x07",
        b"R",
        b"}(K\x01u",
        b"}]K\x01s",
        b"NK\x01a",
        b"]Q",
        b"X\xff\xff\xff\xffa",
        tensor_told(b"K\x09\x85", b"K\x01\x85"),
        tensor_told(b"\x8a\x09" + b"\x7f" * 9 + b"\x85", b"K\0\x85"),
        tensor_told(b"J\xff\xff\xff\xff\x85", b"K\x01\x85"),
        tensor_told(b"K\x01K\x01\x86", b"K\x01\x85"),
        tensor_told(b"K\x01\x85", b"K\x01\x85", count=b"K\x02"),
        tensor_told(b"K\x01\x85", b"K\x01\x85", count=b"J\xff\xff\xff\xff"),
    ],
    ids=repr,
)
def test_a_malformed_pickle_is_unreadable(fresh: Space, body: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_torch_file(fresh, pickled(body))


def test_the_tensor_that_these_are_made_from_is_readable(fresh: Space) -> None:
    file = read_torch_file(fresh, pickled(tensor_told(b"K\x01\x85", b"K\x01\x85")))

    assert same(file.value, torch.zeros(1))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pickled(b"K\x01" + b"\x85" * 100_000), "tuple (it is nested more than 24 levels deep)"),
        (pickled(b"]q\0h\0a"), "list (it is nested more than 24 levels deep)"),
        (pickled(b"]" + b"Na" * 150_000), "list (it holds more than 120,000 values)"),
        (saved([torch.zeros(1).expand(10**9)]), "list (it needs 4,000 MB)"),
        (saved({1, 2}), "set"),
    ],
    ids=["nested", "in itself", "long", "large", "a set"],
)
def test_more_than_can_be_looked_at_is_unreadable(fresh: Space, data: bytes, what: str) -> None:
    with pytest.raises(UnreadableFile) as unreadable:
        read_torch_file(fresh, data)

    fact = f"What the file holds cannot be compared: it is an object of type {what}."
    assert unreadable.value.fact == fact


def test_a_name_that_torch_blocks_is_refused(fresh: Space) -> None:
    assert read_torch_file(fresh, pickled(b"cos\nsystem\n")).refused == "os.system"


def test_a_model_compiled_by_torchscript_is_refused(fresh: Space) -> None:
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Newer versions of torch advise against it.
        torch.jit.save(torch.jit.script(nn.Linear(2, 2)), file)

    assert read_torch_file(fresh, file.getvalue()).refused == "TorchScript"


def test_a_file_from_a_machine_with_a_gpu_is_read(fresh: Space) -> None:
    with mock.patch.object(torch.serialization, "location_tag", return_value="cuda:0"):
        data = saved(torch.ones(2))

    assert same(read_torch_file(fresh, data).value, torch.ones(2))


def test_a_ta_reads_why_torch_does_not_load_a_file(fresh: Space) -> None:
    with pytest.raises(UnreadableFile) as unreadable:
        read_torch_file(fresh, b"no file of torch at all")

    assert unreadable.value.detail == "torch.load raised UnpicklingError: Unsupported operand 110"


def test_a_file_that_takes_too_long_costs_the_next_one_nothing(fresh: Space) -> None:
    data = saved(torch.ones(2))

    with time_limit(fresh, 0.0), pytest.raises(UnreadableFile) as unreadable:
        read_torch_file(fresh, data)

    assert unreadable.value.fact == "The file takes too long to load, or too much memory."
    assert same(read_torch_file(fresh, data).value, torch.ones(2))


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def lying_sizes() -> bytes:
    """An archive whose directory says that a member has 4 GB."""
    data = bytearray(saved(torch.ones(2)))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 2**32 - 2)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"no file of torch at all",
        None,
        "a text",
        [1, 2],
        b"\0" * (MAX_FILE_BYTES + 1),
        archive({"a/data.pkl": b"\0" * 30_000_000}, zipfile.ZIP_DEFLATED),
        archive({f"a/data/{n}": b"" for n in range(6000)}),
        archive({"a/data.pkl": b"N.", "b/data.pkl": b"N."}),
        archive({"data.pkl": b"N."}),
        lying_sizes(),
    ],
    ids=lambda data: str(type(data).__name__),
)
def test_what_is_no_file_of_torch_is_unreadable(fresh: Space, data: Any) -> None:
    with pytest.raises(UnreadableFile):
        read_torch_file(fresh, data)


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"no file of torch at all",
        saved(torch.ones(2))[:-30],
        archive({"weight.npy": b""}),
        b"\0" * (MAX_FILE_BYTES + 1),
    ],
    ids=["None", "empty", "a text", "cut", "arrays", "large"],
)
def test_no_trap_is_put_into_what_torch_has_not_saved(fresh: Space, data: Any) -> None:
    with pytest.raises(UnreadableFile):
        booby_trapped(fresh, data, "1")
