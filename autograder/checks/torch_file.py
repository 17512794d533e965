"""Files of `torch.save` that a student's process wrote: read as bytes, never loaded.

`torch.load` unpickles, with weights_only=True too. `read_torch_file` looks into both formats (the
zip archive and the legacy one) without running anything, and gives plain data and tensors. A bad
file is the student's outcome: it raises an `UnreadableFile`, which a check lets pass as it is.
"""

from __future__ import annotations

import io
import math
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from autograder.checks.pickle_text import Made, Malformed, Named, Pickle, parts, read_pickle
from autograder.expect.raising import Mismatch

MAX_FILE_BYTES = 64_000_000
MAX_ENTRIES = 5_000
MAX_DIMS = 16

_STORAGES = {
    "DoubleStorage": torch.float64,
    "FloatStorage": torch.float32,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
}
_TENSOR = Named("torch._utils", "_rebuild_tensor_v2")
_PARAMETERS = (
    Named("torch._utils", "_rebuild_parameter"),
    Named("torch._utils", "_rebuild_parameter_with_state"),
)
_DICTS = (Named("collections", "OrderedDict"), Named("collections", "defaultdict"))
_HARMLESS = {_TENSOR, *_PARAMETERS, *_DICTS, *(Named("torch", name) for name in _STORAGES)}
_LEGACY_MAGIC = 0x1950A86A20F9469CFC6C


class UnreadableFile(Mismatch):
    """The file is none that `torch.load(path, weights_only=True)` could read."""


@dataclass(frozen=True, kw_only=True)
class TorchFile:
    """What a file holds: None, bools, numbers, texts, lists, tuples, dicts and tensors.

    An OrderedDict counts as a dict, a Parameter as a tensor; every other object is a `Made`.
    """

    value: Any
    named: frozenset[Named]

    @property
    def objects(self) -> frozenset[Named]:
        """The names in it beyond those that tensors, numbers and dicts are made of.

        A pickled model names its class, as in `__main__.NeuralNetwork`.
        """
        return self.named - _HARMLESS

    @property
    def tensors(self) -> list[torch.Tensor]:
        """All tensors in it, wherever they stand."""
        return [part for part in parts(self.value) if isinstance(part, torch.Tensor)]


def read_torch_file(data: Any) -> TorchFile:
    """What the bytes of a file hold. Runs nothing that they say; raises UnreadableFile.

    >>> file = read_torch_file(tools.bytes_of(path))
    >>> expect(file.value["weight"], weight)
    """
    data = _checked(data)
    try:
        pickle = _read_archive(data) if _is_archive(data) else _read_legacy(data)
    except Malformed as problem:
        raise UnreadableFile(
            "The file is none that torch.load(path, weights_only=True) can read.",
            detail=f"The file cannot be read: {problem}.",
            hint="Was it written by torch.save, with its default settings?",
        ) from problem
    return TorchFile(value=pickle.value, named=pickle.named)


def booby_trapped(data: Any, expression: str) -> bytes:
    """The same file, whose pickle also evaluates a Python expression where it is loaded unsafely.

    With weights_only=True it is refused, without it everything that was in it is still there.
    """
    data = _checked(data)
    text = expression.encode()
    trap = b"cbuiltins\neval\nX" + struct.pack("<I", len(text)) + text + b"\x85R0"
    try:
        if not _is_archive(data):
            place = _legacy_object(data, persistent=lambda told: told).stop
            return data[:place] + trap + data[place:]
        members, root = _members(data)
        told = members[f"{root}/data.pkl"]
        place = read_pickle(told).stop
        members[f"{root}/data.pkl"] = told[:place] + trap + told[place:]
    except Malformed as problem:
        raise UnreadableFile("The file is none that torch.save has written.") from problem
    trapped = io.BytesIO()
    with zipfile.ZipFile(trapped, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return trapped.getvalue()


def _checked(data: Any) -> bytes:
    if type(data) is not bytes:
        raise UnreadableFile("There is no file of a readable size at the path.")
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(f"The file has {len(data) / 1e6:,.0f} MB: too much for these weights.")
    return data


def _is_archive(data: bytes) -> bool:
    return data[:4] == b"PK\x03\x04"


def _members(data: bytes) -> tuple[dict[str, bytes], str]:
    """The archive's files and the name of the folder that they all lie in."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            # torch.save compresses nothing: so a file can't hold more than its own size.
            stored = all(info.compress_type == zipfile.ZIP_STORED for info in infos)
            size = sum(info.file_size for info in infos)
            if len(infos) > MAX_ENTRIES or not stored or size > len(data):
                raise Malformed("its archive is not as torch.save writes it")
            members = {info.filename: archive.read(info) for info in infos}
    except Malformed:
        raise
    except Exception as problem:
        # zipfile raises BadZipFile, but also RuntimeError, EOFError, struct.error, UnicodeError, …
        raise Malformed(f"it is no archive ({type(problem).__name__})") from problem
    roots = [name[: -len("/data.pkl")] for name in members if name.endswith("/data.pkl")]
    if len(roots) != 1:
        raise Malformed("its archive has no data.pkl")
    if members.get(f"{roots[0]}/byteorder", b"little") != b"little":
        raise Malformed("its bytes are in the order of another kind of machine")
    return members, roots[0]


def _read_archive(data: bytes) -> Pickle:
    members, root = _members(data)
    storages: dict[tuple[torch.dtype, str], torch.Tensor] = {}

    def storage(told: Any) -> _Storage:
        dtype, key, count = _storage_told(told)
        raw = members.get(f"{root}/data/{key}", b"")
        if len(raw) != count * dtype.itemsize:
            raise Malformed("the values of a tensor are missing")
        if (dtype, key) not in storages:
            storages[dtype, key] = _flat(raw, dtype)
        return _Storage(storages[dtype, key])

    return read_pickle(members[f"{root}/data.pkl"], explain=_Explainer(), persistent=storage)


def _read_legacy(data: bytes) -> Pickle:
    """The older format: five pickles one after the other, then the values of each storage."""
    sizes: dict[str, tuple[torch.dtype, int]] = {}

    def note(told: Any) -> Any:
        if _is_class_told(told):
            return told[1]
        dtype, key, count = _storage_told(told)
        sizes[key] = (dtype, count)
        return None

    first = _legacy_object(data, persistent=note)
    keys = read_pickle(data, first.end)
    storages: dict[str, _Storage] = {}
    place = keys.end
    for key in keys.value if isinstance(keys.value, list) else []:
        if type(key) is not str or key not in sizes:
            raise Malformed("it has values of no tensor")
        dtype, count = sizes[key]
        start, place = place + 8, place + 8 + count * dtype.itemsize
        if place > len(data) or data[start - 8 : start] != struct.pack("<q", count):
            raise Malformed("the values of a tensor are missing")
        storages[key] = _Storage(_flat(data[start:place], dtype))

    def storage(told: Any) -> Any:
        if _is_class_told(told):
            return told[1]
        key = _storage_told(told)[1]
        if key not in storages:
            raise Malformed("the values of a tensor are missing")
        return storages[key]

    return _legacy_object(data, explain=_Explainer(), persistent=storage)


def _legacy_object(data: bytes, **how: Callable[..., Any]) -> Pickle:
    """The fourth pickle: the object, after a magic number, a version and the system's facts."""
    magic = read_pickle(data)
    if type(magic.value) is not int or magic.value != _LEGACY_MAGIC:
        raise Malformed("it does not begin as a file of torch.save")
    version = read_pickle(data, magic.end)
    return read_pickle(data, read_pickle(data, version.end).end, **how)


@dataclass(frozen=True, slots=True, eq=False)
class _Storage:
    """The values that tensors are made of, in one row."""

    values: torch.Tensor


def _flat(raw: bytes, dtype: torch.dtype) -> torch.Tensor:
    if not raw:
        return torch.empty(0, dtype=dtype)
    row = torch.frombuffer(bytearray(raw), dtype=torch.uint8)
    # The bytes of a bool may be any; only 0 and 1 pass.
    return row != 0 if dtype is torch.bool else row.view(dtype)


def _is_class_told(told: Any) -> bool:
    """The legacy format keeps the source of a pickled model's class beside its name."""
    return type(told) is tuple and len(told) == 4 and told[0] == "module"


def _storage_told(told: Any) -> tuple[torch.dtype, str, int]:
    """A storage's dtype, key and number of values, as its persistent id tells them."""
    if type(told) is not tuple or len(told) not in (5, 6) or told[0] != "storage":
        raise Malformed("a storage is told of in no known form")
    kind, key, count = told[1], told[2], told[4]
    dtype = _STORAGES.get(kind.name) if isinstance(kind, Named) and kind.module == "torch" else None
    if dtype is None or type(key) is not str or type(count) is not int or count < 0:
        raise Malformed("a storage is told of in no known form")
    return dtype, key, count


class _Explainer:
    """Says what the calls in a pickle stand for; holds all tensors together within a limit."""

    def __init__(self) -> None:
        self.bytes = 0

    def __call__(self, maker: Named, args: tuple[Any, ...]) -> Any:
        if maker in _DICTS:
            return {}
        if maker in _PARAMETERS and args and isinstance(args[0], torch.Tensor):
            return args[0]
        if maker == _TENSOR:
            return self.tensor(args)
        return Made(maker, args)

    def tensor(self, args: tuple[Any, ...]) -> torch.Tensor:
        if len(args) < 4 or not isinstance(args[0], _Storage):
            raise Malformed("a tensor is told of in no known form")
        row, offset, shape, strides = args[0].values, *args[1:4]
        for numbers in ((offset,), shape, strides):
            whole = isinstance(numbers, tuple) and all(type(n) is int and n >= 0 for n in numbers)
            if not whole or len(numbers) > MAX_DIMS:
                raise Malformed("a tensor has no sizes")
        values = math.prod(shape)
        reach = offset + sum((n - 1) * step for n, step in zip(shape, strides, strict=False)) + 1
        # More values than are stored would be a bomb: a stride of 0 makes 12 GB of 4 bytes.
        if len(shape) != len(strides) or values > len(row) or (values and reach > len(row)):
            raise Malformed("a tensor is larger than its values")
        self.bytes += values * row.element_size()
        if self.bytes > MAX_FILE_BYTES:
            raise Malformed("its tensors are larger than itself")
        return row.as_strided(shape, strides, offset).clone() if values else row.new_empty(shape)
