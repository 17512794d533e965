"""Whatever arrives, `decode` gives a value or raises WireError, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import wire
from autograder.errors import WireError

FOUR = b"\x00\x00\x80?"
KINDS = sorted(wire._DECODERS)


def decoded(node: Any, *buffers: bytes, resolve: wire.Resolve | None = None) -> Any:
    return wire.decode([json.dumps(node).encode(), *buffers], resolve=resolve)


def refused(node: Any, *buffers: bytes, resolve: wire.Resolve | None = None) -> str:
    """The reason for which the message is refused."""
    with pytest.raises(WireError) as refusal:
        decoded(node, *buffers, resolve=resolve)
    return str(refusal.value).removeprefix("A message broke the rules of the wire: ").rstrip(".")


def a_value_or_wire_error(buffers: list[Any]) -> None:
    try:
        value = wire.decode(buffers, resolve=lambda handle_id, _types, _why: ("handle", handle_id))
    except WireError:
        return
    held = _bytes_held(value)
    assert held <= wire.DEFAULT_CAPS.data_bytes


def _bytes_held(value: Any) -> int:
    if isinstance(value, torch.Tensor):
        return 0 if value.device.type == "meta" else value.untyped_storage().nbytes()
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, (list, tuple)):
        return sum(map(_bytes_held, value))
    return sum(map(_bytes_held, value.values())) if isinstance(value, dict) else 0


VALID = wire.encode(
    {
        "text": ["a", None, True, -1, 2**200, 1.5, float("nan"), 1j],
        "tensors": (torch.ones(2, 3), torch.ones((), dtype=torch.bool), torch.ones(1).to("meta")),
        b"key": [np.arange(4), np.float32(1), slice(1, None), ..., torch.Size([2]), torch.int8],
        ("a", 1): [torch.device("cpu"), b"bytes", OSError],
    },
    fallback=lambda value: wire.handle_node("7", [f"builtins.{value.__name__}"]),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=3))
def test_random_bytes_are_refused(buffers: list[bytes]) -> None:
    a_value_or_wire_error(buffers)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_valid_messages_with_changed_bytes_are_read_or_refused(data: st.DataObject) -> None:
    header = bytearray(VALID[0])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(header) - 1))
        header[place] = data.draw(st.sampled_from(b'0123456789-+.eE[]{}",:aflnrstux \\'))

    a_value_or_wire_error([bytes(header), *VALID[1:]])


ODD = st.sampled_from(
    [-1, 0, 1, 2, 2**31, 2**39, 2**40, 2**63, 10**400, 1.5, "", "cpu", "meta", "float32", "bool"]
)
JSON = st.recursive(
    st.none() | st.booleans() | ODD | st.sampled_from(KINDS),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.builds(lambda kind, rest: [kind, *rest], st.sampled_from(KINDS), st.lists(inner))
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=12,
)


@settings(max_examples=120, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(node: Any) -> None:
    a_value_or_wire_error([json.dumps(node).encode(), FOUR, b"\x01", b""])


TENSOR_PARTS = st.tuples(
    st.sampled_from(["tensor", "array", "scalar"]),
    st.sampled_from([*wire.DTYPES, "O", "quint8"]),
    st.lists(st.sampled_from([0, 1, 2, 4, 2**20, 2**30, 2**39]), max_size=4),
    st.sampled_from(["cpu", "meta", "cuda"]),
    st.booleans(),
    st.sampled_from([None, 0, 1, 2, 3, 4, True]),
)


@settings(max_examples=120, deadline=None)
@given(TENSOR_PARTS)
def test_any_form_of_a_tensor_is_read_or_refused(parts: tuple[Any, ...]) -> None:
    kind, dtype, shape, device, grad, index = parts
    tail = [device, grad, index] if kind == "tensor" else [index]

    a_value_or_wire_error([json.dumps([kind, dtype, shape, *tail]).encode(), FOUR, b"\x01", b""])


NOT_A_DTYPE = "a dtype has a name that is not known"
NOT_AN_ARRAY = "an array has a dtype that is not known"


@pytest.mark.parametrize(
    "name",
    [
        "load",
        "hub.load",
        "O",
        "object",
        "float32\x00",
        "quint8",
        "V8",
        "__class__",
        "",
        "float",
        32,
    ],
)
def test_names_that_are_no_dtypes_are_refused(name: Any) -> None:
    whys = [
        refused(["dtype", name]),
        refused(["tensor", name, [1], "cpu", False, 1], FOUR),
        refused(["array", name, [1], 1], FOUR),
        refused(["scalar", name, [], 1], FOUR),
    ]

    assert whys == [NOT_A_DTYPE, NOT_A_DTYPE, NOT_AN_ARRAY, NOT_AN_ARRAY]


def test_arrays_have_no_bfloat16() -> None:
    assert refused(["array", "bfloat16", [2], 1], FOUR) == NOT_AN_ARRAY


@pytest.mark.parametrize(
    "node",
    [
        ["tensor", "float32", [1], "cpu", False, 2],
        ["tensor", "float32", [1], "cpu", False, 0],
        ["tensor", "float32", [1], "cpu", False, -1],
        ["tensor", "float32", [1], "cpu", False, None],
        ["tensor", "float32", [1], "cpu", False, True],
        ["tensor", "float32", [1], "cpu", False, 1.0],
        ["array", "float32", [1], 2],
        ["bytes", 2],
        ["list", [["bytes", 1], ["bytes", 1]]],
        ["list", [["bytes", 1], ["tensor", "float32", [1], "cpu", False, 1]]],
    ],
    ids=str,
)
def test_a_buffer_missing_or_used_twice_is_refused(node: Any) -> None:
    assert refused(node, FOUR) == "a buffer is missing or used twice"


@pytest.mark.parametrize("raw", [b"", FOUR[:3], FOUR + b"\x00"], ids=["none", "short", "long"])
@pytest.mark.parametrize("form", ["tensor", "array"])
def test_bytes_that_do_not_fit_the_shape_are_refused(form: str, raw: bytes) -> None:
    tail = ["cpu", False, 1] if form == "tensor" else [1]

    why = refused([form, "float32", [1], *tail], raw)

    assert why == "a tensor's bytes do not fit its shape and dtype"


@pytest.mark.parametrize(
    "node",
    [
        ["tensor", "bool", [2], "cpu", False, 1],
        ["array", "bool", [2], 1],
        ["list", [["scalar", "bool", [], 1]]],
    ],
    ids=["tensor", "array", "scalar"],
)
def test_a_bool_is_0_or_1(node: Any) -> None:
    raw = b"\x02" if "scalar" in str(node) else b"\x01\x02"

    assert refused(node, raw) == "a bool is neither 0 nor 1"


HANDLE = ["handle", "7", ["builtins.object"], ""]


def test_a_handle_is_refused_where_none_may_come() -> None:
    assert refused(["list", [HANDLE]]) == "a handle came where none may"


def test_a_handle_becomes_what_the_receiver_makes_of_it() -> None:
    arrived = decoded(["list", [HANDLE]], resolve=lambda *parts: parts)

    assert arrived == [("7", ["builtins.object"], "")]


@pytest.mark.parametrize(
    "node",
    [
        ["handle", 7, [], ""],
        ["handle", "7" * 65, [], ""],
        ["handle", "7", "types", ""],
        ["handle", "7", [7], ""],
        ["handle", "7", ["t"] * 65, ""],
        ["handle", "7", ["t" * 201], ""],
        ["handle", "7", [], 7],
        ["handle", "7", [], "w" * 201],
        ["handle", "7", []],
        ["dict", [[HANDLE, 1]]],
    ],
    ids=lambda node: str(node)[:40],
)
def test_a_handle_of_another_form_is_refused(node: Any) -> None:
    refused(node, resolve=lambda *parts: object())


@pytest.mark.parametrize(
    "node",
    [
        [],
        {},
        {"int": "5"},
        [["list", []]],
        ["pickle", "gASVAAAA"],
        ["list", 5],
        ["list", [], []],
        ["dict", [[1]]],
        ["dict", [1]],
        ["dict", [[["list", []], 1]]],
        ["dict", [[["tensor", "float32", [1], "cpu", False, 1], 1]]],
        ["int", 5],
        ["int", "0xZZ"],
        ["int", "f" * 2000],
        ["float", "1.5"],
        ["float", 1.5],
        ["complex", "a", 1],
        ["complex", 1],
        ["complex", ["int", "f" * 1000], 1],
        ["slice", 1.5, None, None],
        ["slice", ["list", []], None, None],
        ["size", [-1]],
        ["device", "gpu-that-nobody-has"],
        ["device", "cuda:-1"],
        ["device", "c" * 33],
        ["device", ["cpu"]],
        ["ellipsis", 1],
        ["scalar", "float32", [1], 1],
        ["tensor", "float32", [1], "cuda", False, 1],
        ["tensor", "float32", [1], "cpu", 1, 1],
        ["tensor", "int32", [1], "cpu", True, 1],
        ["tensor", "int32", [1], "meta", True, None],
        ["tensor", "float32", [1], "cpu", False],
        2**63,
        10**300,
    ],
    ids=lambda node: str(node)[:60],
)
def test_nodes_that_encode_never_writes_are_refused(node: Any) -> None:
    refused(node, FOUR)


@pytest.mark.parametrize(
    "header",
    [b"", b"[", b"nul", b"NaN", b"Infinity", b"-Infinity", b"1e999", "ü".encode(), b"1 2"],
    ids=str,
)
def test_headers_that_are_no_strict_json_are_refused(header: bytes) -> None:
    with pytest.raises(WireError):
        wire.decode([header])


def test_a_message_without_buffers_is_refused() -> None:
    with pytest.raises(WireError, match="a header is missing or too long"):
        wire.decode([])


class Lying(float):
    """Says of itself what one would like to hear."""

    @property  # type: ignore[misc]  # nothing sets what it says
    def __class__(self) -> type:
        return float

    def __eq__(self, _other: object) -> bool:
        return True

    __hash__ = float.__hash__


class Plain(torch.Tensor):
    """A subclass of Tensor."""


@pytest.mark.parametrize(
    "value",
    [
        Lying(),
        torch.ones(2).as_subclass(Plain),
        type("Mine", (dict,), {})(),
        type("Mine", (list,), {})(),
        type("Mine", (str,), {})(),
        type("Mine", (int,), {})(),
        np.ma.masked_array([1.0]),
        np.array(["text"]),
        np.array([None]),
        torch.ones(2).to_sparse(),
        torch.quint8,
        torch.Size([-1]),
        {torch.ones(1): 1},
        {object: 1},
        slice("a", "b"),
        slice(np.int64(1)),
        {1},
        range(3),
        bytearray(b"a"),
    ],
    ids=lambda value: f"{type(value).__name__} {str(value)[:20]}",
)
def test_what_is_not_exactly_plain_becomes_a_handle(value: Any) -> None:
    message = wire.encode(value, fallback=lambda _value: wire.handle_node("7", []))

    assert wire.decode(message, resolve=lambda handle_id, _types, _why: handle_id) == "7"


def test_a_key_that_only_a_handle_could_be_is_not_plain() -> None:
    with pytest.raises(wire.NotPlain, match="it is of type Size"):
        wire.encode({torch.Size([-1]): 1}, fallback=lambda _value: wire.handle_node("7", []))
