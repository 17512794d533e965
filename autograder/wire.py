"""Plain data ↔ header and buffers, with validation.

Knows nothing of all others. Runs in: the judge and the kernel alike. Holds no secret.

`encode` turns a value into one list of buffers: a JSON header first, then the raw bytes of its
tensors and arrays. `decode` believes nothing: every kind, dtype, shape and byte count is checked
before a tensor is made, and sizes are what the receiver would hold, not what the sender does (a
stride of 0 makes 12 GB of 4 bytes). No pickle, no eval, no repr parsing.

A node of the header is None, a bool, a str, an int of 63 bits, a finite float, or a list whose
first item names its kind, as in ["tensor", "float32", [2, 3], "cpu", false, 1].
"""

from __future__ import annotations

import contextlib
import json
import math
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from autograder.errors import WireError

Buffer = bytes | bytearray | memoryview

_DTYPE_NAMES = (
    *("float32", "float64", "float16", "bfloat16", "complex64", "complex128", "bool"),
    *("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"),
)
DTYPES: dict[str, torch.dtype] = {name: getattr(torch, name) for name in _DTYPE_NAMES}
_NAME_OF_DTYPE = {dtype: name for name, dtype in DTYPES.items()}
_ARRAY_DTYPES = frozenset(_DTYPE_NAMES) - {"bfloat16"}
_NAME_OF_ARRAY_DTYPE = {np.dtype(name): name for name in _ARRAY_DTYPES}
_DICT_TYPES = (dict, OrderedDict, defaultdict, Counter)


@dataclass(frozen=True, kw_only=True, slots=True)
class Caps:
    """What one message may hold. Both sides check, so that neither fills the other's memory.

    `number_keys` is how many keys of one dict may be no text: texts are hashed with a secret, but
    60,000 whole numbers of one hash took the receiver 35 s. `places` is how many values a shape
    may have room for, where an axis of size 0 counts as 1: no byte of (30_000_000, 0) travels, and
    whoever puts it into words makes 30 million lists.
    """

    header_bytes: int = 4_000_000
    data_bytes: int = 64_000_000
    nodes: int = 120_000
    depth: int = 24
    text_chars: int = 1_000_000
    dims: int = 16
    places: int = 64_000_000
    int_bits: int = 4096
    number_keys: int = 4096


DEFAULT_CAPS = Caps()
# What torch can count, of values of 16 bytes: a torch.Size alone may say so much.
_MOST_COUNTED = 2**58

# Values are read with what torch's and numpy's own types hold, looked up before any code of a
# student's ran: a cell can replace each attribute of torch.Tensor (numpy, so that it gives another
# array; shape and requires_grad, so that they lie), but none of these.
_OfTensor = torch._C.TensorBase
_dtype_of = _OfTensor.dtype.__get__  # type: ignore[attr-defined]
_device_of = _OfTensor.device.__get__
_shape_of = _OfTensor.shape.__get__  # type: ignore[attr-defined]
_layout_of = _OfTensor.layout.__get__  # type: ignore[attr-defined]
_is_nested = _OfTensor.is_nested.__get__  # type: ignore[attr-defined]
_requires_grad = _OfTensor.requires_grad.__get__  # type: ignore[attr-defined]
_without_functions, _without_dispatch = (
    torch._C.DisableTorchFunction,
    torch._C._DisableTorchDispatch,
)
_of_tensor = dict(vars(_OfTensor))
PLAIN_TENSORS = (torch.Tensor, torch.nn.Parameter)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Within it, what is done to a plain tensor is done by torch itself.

    A cell can put a mode over all of torch (TorchFunctionMode, TorchDispatchMode) and leave it on.
    """
    with _without_functions(), _without_dispatch():
        yield


def attribute(tensor: torch.Tensor, name: str) -> Any:
    """`tensor.name` for a plain tensor: torch's own, where torch's C type has one of that name."""
    own = _of_tensor.get(name)
    if own is None:
        return getattr(tensor, name)
    with undisturbed():
        return own.__get__(tensor)


def item(tensor: torch.Tensor, key: Any) -> Any:
    """`tensor[key]` for a plain tensor, whatever has become of torch.Tensor."""
    with undisturbed():
        return _OfTensor.__getitem__(tensor, key)


def set_item(tensor: torch.Tensor, key: Any, value: Any) -> None:
    """`tensor[key] = value` for a plain tensor, whatever has become of torch.Tensor."""
    with undisturbed():
        _OfTensor.__setitem__(tensor, key, value)


class NotPlain(Exception):
    """The value is no plain data, or more of it than a message may hold; `why` says which."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


Fallback = Callable[[Any], Any]
"""Gives the header node of a value that is not plain (a handle), or raises NotPlain."""

Resolve = Callable[[str, Sequence[str], str], Any]
"""Gives what the receiver makes of a handle's id, the names of its types and `why`."""


def handle_node(handle_id: str, types: Sequence[str], why: str = "") -> list[Any]:
    """The header node that names an object staying on the sender's or the receiver's side.

    `why` says of plain data that a message cannot hold what is too much of it.
    """
    return ["handle", handle_id, list(types), why]


class _Encoder:
    def __init__(self, caps: Caps, fallback: Fallback | None) -> None:
        self.caps = caps
        self.fallback = fallback
        self.buffers: list[Buffer] = []
        self.bytes = 0
        self.nodes = 0
        self.chars = 0

    def node(self, value: Any, depth: int = 0) -> Any:
        self.nodes += 1
        if self.nodes > self.caps.nodes:
            raise NotPlain(f"it holds more than {self.caps.nodes:,} values")
        if depth > self.caps.depth:
            raise NotPlain(f"it is nested more than {self.caps.depth} levels deep")
        # `type(x) is`, never isinstance: a subclass may lie about everything it is asked.
        encode = _ENCODERS.get(type(value))
        if encode is not None:
            return encode(self, value, depth)
        kind = type(value)
        if kind in _DICT_TYPES:
            return self._dict(value, depth)
        if issubclass(kind, np.generic) and kind.__module__ == "numpy":
            return ["scalar", *self._array_parts(np.asarray(value))]
        if issubclass(kind, tuple):
            # A namedtuple is as good a pair as another: what it holds is asked of tuple itself.
            return self._tuple(value, depth)
        return self._other(value)

    def _other(self, value: Any) -> Any:
        if self.fallback is None:
            raise NotPlain(f"it is of type {type(value).__name__}")
        return self.fallback(value)

    def _int(self, value: int, _depth: int) -> Any:
        bits = value.bit_length()
        if bits < 63:
            return value
        if bits > self.caps.int_bits:
            raise NotPlain(f"it is a whole number of {bits:,} bits")
        return ["int", format(value, "x")]

    def _float(self, value: float, _depth: int) -> Any:
        return value if math.isfinite(value) else ["float", repr(value)]

    def _complex(self, value: complex, depth: int) -> Any:
        return ["complex", self.node(value.real, depth + 1), self.node(value.imag, depth + 1)]

    def _str(self, value: str, _depth: int) -> Any:
        if len(value) > self.caps.text_chars:
            raise NotPlain(f"it is a text of {len(value):,} characters")
        # One text of many places is one object here and many copies in the header.
        self.chars += len(value)
        if self.chars > self.caps.header_bytes:
            raise NotPlain(f"its description needs {self.chars:,} bytes")
        return value

    def _bytes(self, value: bytes, _depth: int) -> Any:
        return ["bytes", self._buffer(value)]

    def _list(self, value: list[Any], depth: int) -> Any:
        self._count(list.__len__(value))
        return ["list", [self.node(item, depth + 1) for item in list.__iter__(value)]]

    def _tuple(self, value: tuple[Any, ...], depth: int) -> Any:
        self._count(tuple.__len__(value))
        return ["tuple", [self.node(item, depth + 1) for item in tuple.__iter__(value)]]

    def _dict(self, value: dict[Any, Any], depth: int) -> Any:
        self._count(2 * dict.__len__(value))
        pairs = list(dict.items(value))
        if not all(_is_key(key) for key, _ in pairs):
            return self._other(value)
        if sum(type(key) is not str for key, _ in pairs) > self.caps.number_keys:
            raise NotPlain(f"it holds more than {self.caps.number_keys:,} values")
        return ["dict", [[self._key(k, depth + 1), self.node(v, depth + 1)] for k, v in pairs]]

    def _key(self, key: Any, depth: int) -> Any:
        # A handle cannot be a key: what it stands for may not even be hashable there.
        fallback, self.fallback = self.fallback, None
        try:
            return self.node(key, depth)
        finally:
            self.fallback = fallback

    def _size(self, value: torch.Size, _depth: int) -> Any:
        sizes = [int(n) for n in tuple.__iter__(value)]
        if any(n < 0 for n in sizes):
            return self._other(value)
        self._check_shape(sizes, _MOST_COUNTED)
        return ["size", sizes]

    def _dtype(self, value: torch.dtype, _depth: int) -> Any:
        name = _NAME_OF_DTYPE.get(value)
        return ["dtype", name] if name else self._other(value)

    def _slice(self, value: slice, depth: int) -> Any:
        parts = (value.start, value.stop, value.step)
        if not all(part is None or type(part) is int for part in parts):
            return self._other(value)
        return ["slice", *(self.node(part, depth + 1) for part in parts)]

    def _device(self, value: torch.device, _depth: int) -> Any:
        return ["device", str(value)]

    def _tensor(self, value: torch.Tensor, _depth: int) -> Any:
        with undisturbed():
            dtype, device = _dtype_of(value), str(_device_of(value))
            name = _NAME_OF_DTYPE.get(dtype)
            odd = _is_nested(value) or _layout_of(value) is not torch.strided
            if name is None or odd or device not in ("cpu", "meta"):
                return self._other(value)
            shape = [int(n) for n in tuple.__iter__(_shape_of(value))]
            grad = bool(_requires_grad(value))
            if device == "meta":
                self._check_shape(shape, self.caps.places)
                return ["tensor", name, shape, device, grad, None]
            self._reserve(math.prod(shape) * dtype.itemsize)
            self._check_shape(shape, self.caps.places)
            return ["tensor", name, shape, device, grad, self._buffer(_raw_bytes(value, dtype))]

    def _array(self, value: np.ndarray[Any, Any], _depth: int) -> Any:
        if _array_name(value) is None:
            return self._other(value)
        return ["array", *self._array_parts(value)]

    def _array_parts(self, value: np.ndarray[Any, Any]) -> list[Any]:
        name = _array_name(value)
        if name is None:
            raise NotPlain(f"it is a numpy value of dtype {value.dtype.name[:40]}")
        shape = [int(n) for n in value.shape]
        self._reserve(math.prod(shape) * value.dtype.itemsize)
        self._check_shape(shape, self.caps.places)
        native = value.astype(value.dtype.newbyteorder("="), copy=False)
        if name == "bool":
            native = native.view(np.uint8) != 0
        return [name, shape, self._buffer(native.tobytes())]

    def _count(self, items: int) -> None:
        # Before the loop, so that 20 million items are refused without looking at them.
        if self.nodes + items > self.caps.nodes:
            raise NotPlain(f"it holds more than {self.caps.nodes:,} values")

    def _check_shape(self, shape: Sequence[int], most: int) -> None:
        if len(shape) > self.caps.dims:
            raise NotPlain(f"its shape has {len(shape):,} dimensions")
        if not _is_shape(shape, most):
            raise NotPlain("its shape is too large")

    def _reserve(self, size: int) -> None:
        if self.bytes + size > self.caps.data_bytes:
            raise NotPlain(f"it needs {size / 1e6:,.0f} MB")

    def _buffer(self, raw: bytes) -> int:
        self._reserve(len(raw))
        self.bytes += len(raw)
        self.buffers.append(raw)
        return len(self.buffers)


def _array_name(value: np.ndarray[Any, Any]) -> str | None:
    return _NAME_OF_ARRAY_DTYPE.get(value.dtype.newbyteorder("="))


def _raw_bytes(value: torch.Tensor, dtype: torch.dtype) -> bytes:
    plain = _OfTensor.resolve_neg(_OfTensor.resolve_conj(_OfTensor.detach(value)))
    if dtype is torch.bfloat16:  # numpy has no such numbers
        plain = _OfTensor.view(plain, torch.int16)
    array = _OfTensor.numpy(plain)
    # The bytes of a bool made by view() may be any; only 0 and 1 pass.
    return (array.view(np.uint8) != 0 if dtype is torch.bool else array).tobytes()


_ENCODERS: dict[type, Callable[[_Encoder, Any, int], Any]] = {
    type(None): lambda _e, value, _d: value,
    bool: lambda _e, value, _d: value,
    int: _Encoder._int,
    float: _Encoder._float,
    complex: _Encoder._complex,
    str: _Encoder._str,
    np.str_: lambda e, value, d: e._str(str.__str__(value), d),
    bytes: _Encoder._bytes,
    list: _Encoder._list,
    tuple: _Encoder._tuple,
    torch.Size: _Encoder._size,
    torch.dtype: _Encoder._dtype,
    torch.device: _Encoder._device,
    torch.Tensor: _Encoder._tensor,
    torch.nn.Parameter: _Encoder._tensor,
    np.ndarray: _Encoder._array,
    slice: _Encoder._slice,
    type(Ellipsis): lambda _e, _v, _d: ["ellipsis"],
}


def encode(
    value: Any, *, fallback: Fallback | None = None, caps: Caps = DEFAULT_CAPS
) -> list[Buffer]:
    """The value as a JSON header and the raw bytes that it refers to, in this order.

    Tensors, arrays and texts are copied, so that later changes do not show. Raises NotPlain
    for what is no plain data (after asking `fallback`) or holds more than `caps`.
    """
    encoder = _Encoder(caps, fallback)
    header = json.dumps(encoder.node(value), ensure_ascii=True, allow_nan=False).encode("ascii")
    if len(header) > caps.header_bytes:
        raise NotPlain(f"its description needs {len(header):,} bytes")
    return [header, *encoder.buffers]


class _Decoder:
    def __init__(self, buffers: Sequence[Buffer], caps: Caps, resolve: Resolve | None) -> None:
        self.buffers = buffers
        self.caps = caps
        self.resolve = resolve
        self.nodes = 0
        self.bytes = 0
        self.used: set[int] = set()

    def value(self, node: Any, depth: int = 0) -> Any:
        self.nodes += 1
        if self.nodes > self.caps.nodes or depth > self.caps.depth:
            raise WireError("a header holds too many values or is nested too deep")
        if node is None or type(node) in (bool, str):
            return node
        if type(node) in (int, float):
            return self._number(node)
        if type(node) is not list or not node or type(node[0]) is not str:
            raise WireError("a header node is of no known form")
        decode = _DECODERS.get(node[0])
        if decode is None:
            raise WireError("a header node is of no known kind")
        return decode(self, node[1:], depth)

    def _number(self, node: int | float) -> int | float:
        too_long = type(node) is int and node.bit_length() >= 63
        if too_long or not math.isfinite(node):
            raise WireError("a number is larger than a header may hold")
        return node

    def _args(self, args: list[Any], count: int) -> list[Any]:
        if len(args) != count:
            raise WireError("a header node has parts too many or too few")
        return args

    def int_(self, args: list[Any], _depth: int) -> int:
        (text,) = self._args(args, 1)
        if type(text) is not str or len(text) > self.caps.int_bits // 4 + 2:
            raise WireError("a whole number is too long")
        try:
            return int(text, 16)
        except ValueError:
            raise WireError("a whole number is not in hexadecimal digits") from None

    def float_(self, args: list[Any], _depth: int) -> float:
        (text,) = self._args(args, 1)
        if text not in ("nan", "inf", "-inf"):
            raise WireError("a float is neither finite nor nan, inf or -inf")
        return float(text)

    def complex_(self, args: list[Any], depth: int) -> complex:
        real, imaginary = (self.value(part, depth + 1) for part in self._args(args, 2))
        if type(real) not in (int, float) or type(imaginary) not in (int, float):
            raise WireError("a complex number is not made of two floats")
        return complex(real, imaginary)

    def bytes_(self, args: list[Any], _depth: int) -> bytes:
        (index,) = self._args(args, 1)
        return bytes(self._buffer(index))

    def list_(self, args: list[Any], depth: int) -> list[Any]:
        (items,) = self._args(args, 1)
        if type(items) is not list:
            raise WireError("a list has no items")
        return [self.value(item, depth + 1) for item in items]

    def tuple_(self, args: list[Any], depth: int) -> tuple[Any, ...]:
        return tuple(self.list_(args, depth))

    def dict_(self, args: list[Any], depth: int) -> dict[Any, Any]:
        (pairs,) = self._args(args, 1)
        if type(pairs) is not list:
            raise WireError("a dict has no pairs")
        result = {}
        numbers = 0
        for pair in pairs:
            if type(pair) is not list or len(pair) != 2:
                raise WireError("a dict has a pair that is none")
            key = self.value(pair[0], depth + 1)
            if not _is_key(key):
                raise WireError("a dict has a key that is no plain value")
            numbers += type(key) is not str
            if numbers > self.caps.number_keys:
                raise WireError("a dict has too many keys that are no texts")
            result[key] = self.value(pair[1], depth + 1)
        return result

    def size(self, args: list[Any], _depth: int) -> torch.Size:
        (shape,) = self._args(args, 1)
        return torch.Size(self._shape(shape, _MOST_COUNTED))

    def dtype(self, args: list[Any], _depth: int) -> torch.dtype:
        (name,) = self._args(args, 1)
        # Looked up in our table, never by getattr(torch, name): names may be "load" or "hub.load".
        if type(name) is not str or name not in DTYPES:
            raise WireError("a dtype has a name that is not known")
        return DTYPES[name]

    def device(self, args: list[Any], _depth: int) -> torch.device:
        (name,) = self._args(args, 1)
        if type(name) is not str or len(name) > 32:
            raise WireError("a device has no name")
        try:
            return torch.device(name)
        except (RuntimeError, ValueError):
            raise WireError("a device has a name that is not known") from None

    def tensor(self, args: list[Any], depth: int) -> torch.Tensor:
        name, sizes, device, requires_grad, index = self._args(args, 5)
        dtype, shape = self.dtype([name], depth), self._shape(sizes, self.caps.places)
        if type(requires_grad) is not bool or device not in ("cpu", "meta"):
            raise WireError("a tensor's device or requires_grad is of no known form")
        if device == "meta":
            result = torch.empty(shape, dtype=dtype, device="meta")
        else:
            raw = self._raw(shape, dtype.itemsize, index)
            if dtype is torch.bool:
                _check_bools(raw)
            result = (
                torch.frombuffer(bytearray(raw), dtype=dtype)
                if raw
                else torch.empty(0, dtype=dtype)
            )
            result = result.reshape(shape)
        if requires_grad:
            if not (dtype.is_floating_point or dtype.is_complex):
                raise WireError("a tensor of whole numbers claims to require a gradient")
            result.requires_grad_()
        return result

    def array(self, args: list[Any], _depth: int) -> np.ndarray[Any, Any]:
        name, sizes, index = self._args(args, 3)
        if type(name) is not str or name not in _ARRAY_DTYPES:
            raise WireError("an array has a dtype that is not known")
        shape, dtype = self._shape(sizes, self.caps.places), np.dtype(name)
        raw = self._raw(shape, dtype.itemsize, index)
        if name == "bool":
            _check_bools(raw)
        return np.frombuffer(bytearray(raw), dtype=dtype).reshape(shape)

    def scalar(self, args: list[Any], depth: int) -> Any:
        array = self.array(args, depth)
        if array.shape != ():
            raise WireError("a numpy scalar has a shape")
        return array[()]

    def slice(self, args: list[Any], depth: int) -> slice:
        start, stop, step = (self.value(part, depth + 1) for part in self._args(args, 3))
        if any(part is not None and type(part) is not int for part in (start, stop, step)):
            raise WireError("a slice is not made of whole numbers")
        return slice(start, stop, step)

    def ellipsis(self, args: list[Any], _depth: int) -> Any:
        self._args(args, 0)
        return Ellipsis

    def handle(self, args: list[Any], _depth: int) -> Any:
        handle_id, types, why = self._args(args, 3)
        if self.resolve is None:
            raise WireError("a handle came where none may")
        if type(handle_id) is not str or len(handle_id) > 64 or type(types) is not list:
            raise WireError("a handle has no id")
        if len(types) > 64 or any(type(t) is not str or len(t) > 200 for t in types):
            raise WireError("a handle has types that are no names")
        if type(why) is not str or len(why) > 200:
            raise WireError("a handle has a reason that is no sentence")
        return self.resolve(handle_id, types, why)

    def _shape(self, sizes: Any, most: int) -> tuple[int, ...]:
        if type(sizes) is not list or len(sizes) > self.caps.dims:
            raise WireError("a shape is no short list")
        if any(type(n) is not int for n in sizes):
            raise WireError("a shape holds something that is no size")
        if not _is_shape(sizes, most):
            raise WireError("a shape is too large to be one")
        return tuple(sizes)

    def _raw(self, shape: Sequence[int], item_bytes: int, index: Any) -> Buffer:
        raw = self._buffer(index)
        if len(raw) != math.prod(shape) * item_bytes:
            raise WireError("a tensor's bytes do not fit its shape and dtype")
        return raw

    def _buffer(self, index: Any) -> Buffer:
        if type(index) is not int or not 1 <= index < len(self.buffers) or index in self.used:
            raise WireError("a buffer is missing or used twice")
        self.used.add(index)
        raw = memoryview(self.buffers[index]).cast("B")
        self.bytes += len(raw)
        if self.bytes > self.caps.data_bytes:
            raise WireError(f"a message holds more than {self.caps.data_bytes / 1e6:,.0f} MB")
        return raw


_KEY_TYPES = frozenset(
    {type(None), bool, int, float, complex, str, np.str_, bytes, torch.Size}
    | {torch.dtype, torch.device, *(np.dtype(name).type for name in _ARRAY_DTYPES)}
)


def _is_key(key: Any) -> bool:
    if type(key) is tuple:
        return all(_is_key(part) for part in tuple.__iter__(key))
    return type(key) in _KEY_TYPES


def _is_shape(sizes: Sequence[int], most: int) -> bool:
    # Each axis too: torch multiplies sizes behind an axis of 0 all the same, and overflows.
    return all(0 <= n < 2**40 for n in sizes) and math.prod(max(n, 1) for n in sizes) <= most


def _check_bools(raw: Buffer) -> None:
    if len(raw) and int(np.frombuffer(raw, dtype=np.uint8).max()) > 1:
        raise WireError("a bool is neither 0 nor 1")


_DECODERS: dict[str, Callable[[_Decoder, list[Any], int], Any]] = {
    "int": _Decoder.int_,
    "float": _Decoder.float_,
    "complex": _Decoder.complex_,
    "bytes": _Decoder.bytes_,
    "list": _Decoder.list_,
    "tuple": _Decoder.tuple_,
    "dict": _Decoder.dict_,
    "size": _Decoder.size,
    "dtype": _Decoder.dtype,
    "device": _Decoder.device,
    "tensor": _Decoder.tensor,
    "array": _Decoder.array,
    "scalar": _Decoder.scalar,
    "slice": _Decoder.slice,
    "ellipsis": _Decoder.ellipsis,
    "handle": _Decoder.handle,
}


def decode(
    buffers: Sequence[Buffer], *, resolve: Resolve | None = None, caps: Caps = DEFAULT_CAPS
) -> Any:
    """The value of a message, every part of it checked; `resolve` makes handles.

    Raises WireError for whatever `encode` could not have written, within the memory of `caps`.
    """
    if not buffers or len(buffers[0]) > caps.header_bytes:
        raise WireError("a header is missing or too long")
    if sum(len(b) for b in buffers[1:]) > caps.data_bytes:
        raise WireError(f"a message holds more than {caps.data_bytes / 1e6:,.0f} MB")
    try:
        header = json.loads(bytes(buffers[0]).decode("ascii"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise WireError("a header is no JSON") from None
    try:
        return _Decoder(buffers, caps, resolve).value(header)
    except (OverflowError, MemoryError, RuntimeError, TypeError, ValueError) as problem:
        raise WireError(f"a header holds what makes no value ({type(problem).__name__})") from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)
