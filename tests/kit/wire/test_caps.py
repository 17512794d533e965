"""What is too much for a message is refused before it takes memory, on either side."""

from __future__ import annotations

import json
import math
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import wire
from autograder.errors import WireError
from autograder.wire import Caps, NotPlain

MB = 1_000_000


def _nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def _itself() -> list[Any]:
    loop: list[Any] = []
    loop.append(loop)
    return loop


TWENTY_MILLION = [None] * 20_000_000

TOO_MUCH: list[tuple[Callable[[], Any], str]] = [
    (lambda: torch.zeros(1).expand(3_000_000_000), "it needs 12,000 MB"),
    (lambda: np.broadcast_to(np.float32(0), (3_000_000_000,)), "it needs 12,000 MB"),
    (lambda: [torch.zeros(1).expand(4_000_000)] * 5, "it needs 16 MB"),
    (lambda: TWENTY_MILLION, "it holds more than 120,000 values"),
    (lambda: tuple([()] * 120_000), "it holds more than 120,000 values"),
    (lambda: dict.fromkeys(range(60_000)), "it holds more than 120,000 values"),
    (lambda: dict.fromkeys(range(4_097)), "it holds more than 4,096 values"),
    (lambda: [1j] * 60_000, "it holds more than 120,000 values"),
    (lambda: _nested(10_000), "it is nested more than 24 levels deep"),
    (_itself, "it is nested more than 24 levels deep"),
    (lambda: 1 << 100_000_000, "it is a whole number of 100,000,001 bits"),
    (lambda: "x" * 1_000_001, "it is a text of 1,000,001 characters"),
    (lambda: ["x" * 1_000_000] * 10_000, "its description needs 5,000,000 bytes"),
    (lambda: "🙂" * 400_000, "its description needs 4,800,002 bytes"),
    (lambda: torch.zeros((1,) * 17), "its shape has 17 dimensions"),
    (lambda: torch.empty(2**50, device="meta"), "its shape is too large"),
    (lambda: torch.Size([2**50]), "its shape is too large"),
    (lambda: np.empty((0, 2**41)), "its shape is too large"),
    (lambda: np.empty((0, 64_000_001)), "its shape is too large"),
    (lambda: torch.empty((10**5, 0, 10**5)), "its shape is too large"),
    (lambda: torch.empty((10**4, 10**4), device="meta"), "its shape is too large"),
    (lambda: np.longdouble(1), "it is a numpy value of dtype float128"),
    (lambda: object(), "it is of type object"),
]


@pytest.mark.parametrize(("make", "why"), TOO_MUCH, ids=[why for _, why in TOO_MUCH])
def test_too_much_is_refused_with_the_reason(make: Callable[[], Any], why: str) -> None:
    value = make()

    with pytest.raises(NotPlain) as refused:
        wire.encode(value)

    assert refused.value.why == why


@pytest.mark.parametrize(
    "value",
    [
        torch.zeros(1).expand(3_000_000_000),
        np.broadcast_to(np.float32(0), (3_000_000_000,)),
        TWENTY_MILLION,
        ["x" * 1_000_000] * 10_000,
    ],
    ids=["tensor", "array", "list", "texts"],
)
def test_refusing_takes_no_memory(value: Any) -> None:
    def refuse() -> None:
        with pytest.raises(NotPlain):
            wire.encode(value)

    assert _peak(refuse) < 8 * MB


def test_a_text_of_thirty_million_digits_is_refused_unread() -> None:
    header = json.dumps(["int", "9" * 30_000_000]).encode()

    assert _peak(lambda: _refused([header])) < MB


def test_keys_of_one_hash_are_refused_before_they_cost_time() -> None:
    same = (["int", format((2**61 - 1) * (n + 9), "x")] for n in range(55_000))
    header = json.dumps(["dict", [[key, 0] for key in same]]).encode()

    with pytest.raises(WireError, match="too many keys that are no texts"):
        wire.decode([header])


def test_many_texts_may_be_keys() -> None:
    value = {str(n): n for n in range(50_000)}

    assert wire.decode(wire.encode(value)) == value


@pytest.mark.parametrize(
    "header",
    [
        b"[" * 390_000,
        b"[" + b"[]," * 130_000 + b"0]",
        b'["list",[' + b"0," * 190_000 + b"0]]",
    ],
    ids=["deep", "many lists", "many numbers"],
)
def test_a_full_header_takes_a_bounded_multiple_of_its_size(header: bytes) -> None:
    caps = Caps(header_bytes=400_000, nodes=1000)

    assert _peak(lambda: _refused([header], caps)) < 50 * caps.header_bytes


@pytest.mark.parametrize(
    "sizes",
    [
        [2**39, 2**39],
        [0, 2**40, 2**40],
        [2**63],
        [2**20] * 16,
        [1] * 17,
        [-1],
        [2.0],
        [True],
        ["2"],
        None,
        "22",
    ],
    ids=str,
)
@pytest.mark.parametrize("device", ["cpu", "meta"])
def test_shapes_that_are_none_are_refused_without_memory(sizes: Any, device: str) -> None:
    header = json.dumps(["tensor", "float32", sizes, device, False, 1]).encode()

    assert _peak(lambda: _refused([header, b"1234"])) < MB


def test_a_size_of_two_to_the_58_places_is_read() -> None:
    size = torch.Size([2**29, 2**29])

    assert wire.decode(wire.encode(size)) == size


@pytest.mark.parametrize("sizes", [(0, 784), (60_000, 0, 28, 28), (7, 0), (0,) * 16], ids=str)
def test_empty_slices_of_whole_data_sets_are_read(sizes: tuple[int, ...]) -> None:
    read = wire.decode(wire.encode([torch.empty(sizes), np.empty(sizes)]))

    assert [tuple(value.shape) for value in read] == [sizes, sizes]


SIZES = st.lists(st.sampled_from([0, 1, 2, 9, 10**4, 10**6, 30_000_000, 2**40]), max_size=17)


@settings(max_examples=150, deadline=None)
@given(SIZES, st.sampled_from(["tensor", "array"]), st.sampled_from(["cpu", "meta"]))
def test_a_tensor_that_is_read_has_a_bounded_number_of_places(
    sizes: list[int], kind: str, device: str
) -> None:
    tail = [device, False, 1] if kind == "tensor" else [1]

    try:
        read = wire.decode([json.dumps([kind, "uint8", sizes, *tail]).encode(), b""])
    except WireError:
        return

    assert math.prod(max(n, 1) for n in read.shape) <= wire.DEFAULT_CAPS.places


@pytest.mark.parametrize(
    ("caps", "value"),
    [
        (Caps(data_bytes=16), torch.zeros(5)),
        (Caps(data_bytes=16), [torch.zeros(3), torch.zeros(3)]),
        (Caps(nodes=3), [1, 2, 3]),
        (Caps(depth=1), [[1]]),
        (Caps(dims=1), torch.zeros(1, 1)),
        (Caps(int_bits=64), 2**100),
        (Caps(header_bytes=10), "0123456789"),
    ],
    ids=["data", "data in all", "nodes", "depth", "dims", "int", "header"],
)
def test_both_sides_keep_each_cap(caps: Caps, value: Any) -> None:
    with pytest.raises(NotPlain):
        wire.encode(value, caps=caps)
    with pytest.raises(WireError):
        wire.decode(wire.encode(value), caps=caps)


def test_a_buffer_that_nothing_names_counts_too() -> None:
    _refused([b"null", bytes(64 * MB + 1)])


def _refused(buffers: list[Any], caps: Caps = wire.DEFAULT_CAPS) -> None:
    with pytest.raises(WireError):
        wire.decode(buffers, caps=caps)


def _peak(act: Callable[[], None]) -> int:
    """The bytes that Python and numpy take at most while acting."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
