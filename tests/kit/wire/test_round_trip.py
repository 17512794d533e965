"""What `encode` writes is what `decode` gives back, for every kind of plain data."""

from __future__ import annotations

import itertools
import math
from collections import Counter, OrderedDict, defaultdict
from typing import Any, Literal

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import wire

TORCH_DTYPES = sorted(wire.DTYPES.values(), key=str)
ARRAY_DTYPES = sorted(set(wire.DTYPES) - {"bfloat16"})
SHAPES = st.lists(st.integers(0, 4), max_size=4).map(tuple)


def sent(value: Any) -> Any:
    """The value as the other side gets it."""
    return wire.decode(wire.encode(value))


def same(one: Any, other: Any) -> bool:
    """Equal in kind and value, NaN and the sign of 0 included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, torch.Tensor):
        return _same_tensors(one, other)
    if isinstance(one, (np.ndarray, np.generic)):
        return one.dtype == other.dtype and one.shape == other.shape and _bits(one) == _bits(other)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, complex):
        return same([one.real, one.imag], [other.real, other.imag])
    if isinstance(one, float):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or (one == other and math.copysign(1, one) == math.copysign(1, other))
    return bool(one == other)


def _same_tensors(one: torch.Tensor, other: torch.Tensor) -> bool:
    forms = [(t.dtype, t.shape, t.device, t.requires_grad) for t in (one, other)]
    if forms[0] != forms[1] or one.device.type == "meta":
        return forms[0] == forms[1]
    # As text NaN is NaN, and -0.0 is not 0.0.
    return str(one.tolist()) == str(other.tolist())


def _bits(array: Any) -> bytes:
    return np.ascontiguousarray(array).tobytes()


@st.composite
def tensors(draw: st.DrawFn) -> torch.Tensor:
    dtype, shape = draw(st.sampled_from(TORCH_DTYPES)), draw(SHAPES)
    generator = torch.Generator().manual_seed(draw(st.integers(0, 2**31)))
    tensor = (torch.randn(shape, generator=generator, dtype=torch.float64) * 100).to(dtype)
    form = draw(st.sampled_from(["plain", "transposed", "every other", "expanded", "meta"]))
    if form == "transposed":
        tensor = tensor.permute(tuple(reversed(range(len(shape)))))
    elif form == "every other" and shape:
        tensor = tensor[..., ::2]
    elif form == "expanded":
        tensor = tensor.unsqueeze(0).expand(3, *shape)
    elif form == "meta":
        tensor = tensor.to("meta")
    if dtype.is_floating_point or dtype.is_complex:
        tensor = tensor.requires_grad_(draw(st.booleans()))
    return tensor


@st.composite
def arrays(draw: st.DrawFn) -> np.ndarray[Any, Any]:
    dtype, shape = np.dtype(draw(st.sampled_from(ARRAY_DTYPES))), draw(SHAPES)
    random = np.random.default_rng(draw(st.integers(0, 2**31)))
    array = (random.standard_normal(shape) * 100).astype(np.int64).astype(dtype)
    return array.T if draw(st.booleans()) else array


def _no_pair(text: str) -> bool:
    # JSON writes a high and a low surrogate in a row as it writes the character they stand for.
    pairs = itertools.pairwise(text)
    return not any("\ud800" <= a <= "\udbff" and "\udc00" <= b <= "\udfff" for a, b in pairs)


texts = st.text(st.characters(exclude_categories=()), max_size=20).filter(_no_pair)
floats = st.floats() | st.sampled_from([math.nan, math.inf, -math.inf, -0.0])
devices = st.sampled_from(["cpu", "cuda", "cuda:1", "mps", "meta"]).map(torch.device)
hashables = (
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False)
    | texts
    | st.binary(max_size=10)
    | st.sampled_from(TORCH_DTYPES)
    | devices
)
small = st.none() | st.integers(-5, 5)
scalars = st.sampled_from(ARRAY_DTYPES).map(lambda name: np.ones((), dtype=name)[()])
leaves = (
    hashables
    | floats
    | st.complex_numbers()
    | st.builds(slice, small, small, small)
    | st.just(...)
    | SHAPES.map(torch.Size)
    | scalars
    | tensors()
    | arrays()
)
keys = hashables | scalars | SHAPES.map(torch.Size) | st.tuples(hashables, hashables)
plain_data = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(plain_data)
def test_plain_data_arrives_as_it_was(value: Any) -> None:
    assert same(sent(value), value)


@settings(max_examples=100, deadline=None)
@given(tensors())
def test_tensors_arrive_with_dtype_shape_device_gradient_and_every_bit(
    tensor: torch.Tensor,
) -> None:
    assert same(sent(tensor), tensor)


@pytest.mark.parametrize("dtype", TORCH_DTYPES, ids=str)
def test_every_dtype_arrives_in_every_small_shape(dtype: torch.dtype) -> None:
    tensors_ = [torch.ones(shape).to(dtype) for shape in [(), (0,), (2, 0, 3), (3, 1)]]

    assert same(sent(tensors_), tensors_)


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize("name", [n for n in ARRAY_DTYPES if n not in ("bool", "int8", "uint8")])
def test_arrays_of_either_byte_order_arrive_in_this_machines_order(
    name: str, order: Literal[">", "<"]
) -> None:
    array = np.arange(3).astype(np.dtype(name).newbyteorder(order))

    arrived = sent(array)

    assert arrived.dtype == np.dtype(name)
    assert arrived.tolist() == array.tolist()


@pytest.mark.parametrize("bits", [62, 63, 64, 4096])
@pytest.mark.parametrize("sign", [1, -1])
def test_big_whole_numbers_arrive_exactly(bits: int, sign: int) -> None:
    number = sign * (2**bits - 1)

    assert sent(number) == number


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\x00", "\u202e", "🙂", ""], ids=ascii)
def test_odd_texts_arrive(text: str) -> None:
    assert sent(text) == text


@pytest.mark.parametrize(
    "value",
    [OrderedDict(a=1), Counter("aab"), defaultdict(int, {"a": 1})],
    ids=lambda value: type(value).__name__,
)
def test_the_standard_librarys_dicts_arrive_as_dicts(value: dict[str, int]) -> None:
    arrived = sent(value)

    assert type(arrived) is dict
    assert arrived == dict(value)


def test_what_torch_functions_return_arrives_as_a_tuple() -> None:
    arrived = sent(torch.tensor([1.0, 3.0]).max(dim=0))

    assert arrived == (torch.tensor(3.0), torch.tensor(1))
    assert type(arrived) is tuple


def test_a_parameter_arrives_as_a_tensor_that_requires_a_gradient() -> None:
    arrived = sent(torch.nn.Parameter(torch.ones(2)))

    assert type(arrived) is torch.Tensor
    assert arrived.requires_grad


def test_a_tensor_in_the_middle_of_a_graph_arrives_without_the_graph() -> None:
    arrived = sent(torch.ones(2, requires_grad=True) * 3)

    assert arrived.is_leaf
    assert arrived.tolist() == [3, 3]


def test_a_numpy_text_arrives_as_a_text() -> None:
    arrived = sent(np.array(["7 - seven"])[0])

    assert type(arrived) is str
    assert arrived == "7 - seven"


@pytest.mark.parametrize("module", ["torch", "numpy"])
def test_bools_made_by_reinterpreting_bytes_arrive_as_bools(module: str) -> None:
    raw = np.array([0, 1, 2, 255], dtype=np.uint8)
    bools = torch.from_numpy(raw).view(torch.bool) if module == "torch" else raw.view(bool)

    assert sent(bools).tolist() == [False, True, True, True]


def test_a_column_of_one_row_arrives() -> None:
    column = torch.arange(6.0).reshape(2, 3)[:1].T[::2]

    assert sent(column).tolist() == [[0.0], [2.0]]


def test_a_conjugated_view_arrives_with_its_values() -> None:
    assert sent(torch.tensor([1 + 2j]).conj()).tolist() == [1 - 2j]


def test_an_inference_tensor_arrives_as_an_ordinary_one() -> None:
    with torch.inference_mode():
        made = torch.ones(2)

    assert not sent(made).is_inference()


def test_what_was_sent_is_a_copy() -> None:
    tensor, array = torch.zeros(2), np.zeros(2)
    message = wire.encode([tensor, array])
    tensor += 1
    array += 1

    assert [part.tolist() for part in wire.decode(message)] == [[0, 0], [0, 0]]


def test_what_arrived_may_be_changed() -> None:
    tensor, array = sent([torch.zeros(2), np.zeros(2)])
    tensor += 1
    array += 1

    assert (tensor.tolist(), array.tolist()) == ([1, 1], [1, 1])
