"""IDX files of unsigned bytes, MNIST's format: read, checked, and written whole or not at all.

The format, from the data set's own page: two zero bytes, a byte for the type (0x08 is the
unsigned byte), a byte for the number of dimensions, each dimension's size as a big-endian
32-bit number, then the values.
"""

from __future__ import annotations

import gzip
import math
import os
import secrets
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from autograder.errors import KitError

UNSIGNED_BYTE = 0x08
TYPE_NAMES = {0x09: "int8", 0x0B: "int16", 0x0C: "int32", 0x0D: "float32", 0x0E: "float64"}
GZIP_MAGIC = b"\x1f\x8b"
CHUNK_BYTES = 1 << 20


class DigitsUnreadable(KitError):
    """A file of digits that is not what it should be. `what` goes on from the file's name."""

    exit_code = 3

    def __init__(self, path: Path, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(f"{path} {what}.", "Delete it, then run `autograder data`.")


def read_shape(path: Path, dimensions: int) -> tuple[int, ...]:
    """The shape that the header gives; of a plain file the byte count is checked against it."""
    with _opened(path) as stream:
        shape = _read_header(stream, path, dimensions)
    if is_plain(path):
        _expect_bytes(path, shape, path.stat().st_size - _header_bytes(dimensions))
    return shape


def read_idx(path: Path, dimensions: int, *, first: int | None = None) -> NDArray[np.uint8]:
    """The file's values, plain or gzip told apart by content; with `first` only that many items.

    Raises DigitsUnreadable for anything but an intact file. With `first`, what lies behind the
    wanted items of a gzip file is not looked at.
    """
    shape = read_shape(path, dimensions)
    wanted = shape if first is None else (min(first, shape[0]), *shape[1:])
    with _opened(path) as stream:
        stream.seek(_header_bytes(dimensions))
        # One byte more than wanted shows whether something follows.
        values = _read_up_to(stream, math.prod(wanted) + 1)
    if wanted == shape or len(values) < math.prod(wanted):
        _expect_bytes(path, shape, len(values))
    del values[math.prod(wanted) :]
    # Over a bytearray the array is writable: torch warns of tensors over read-only memory.
    return np.frombuffer(values, np.uint8).reshape(wanted)


def is_plain(path: Path) -> bool:
    """Whether the file is not gzip, whatever its name says."""
    with _named_problems(path), path.open("rb") as stream:
        return stream.read(2) != GZIP_MAGIC


def write_idx(path: Path, values: NDArray[np.uint8]) -> None:
    """Writes a plain IDX file under its name in one step: it is there whole or not at all."""
    header = struct.pack(f">BBBB{values.ndim}I", 0, 0, UNSIGNED_BYTE, values.ndim, *values.shape)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        # Not tempfile: its files are 0600, and a student's kernel has another uid.
        with part.open("xb") as stream:
            stream.write(header)
            stream.write(np.ascontiguousarray(values).data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _named_problems(path: Path) -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
        raise DigitsUnreadable(path, "is cut short or damaged inside its gzip packing") from problem
    except OSError as problem:
        raise DigitsUnreadable(path, f"cannot be read ({problem.strerror or problem})") from problem


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with _named_problems(path), path.open("rb") as plain:
        packed = plain.read(2) == GZIP_MAGIC
        plain.seek(0)
        if not packed:
            yield plain
            return
        with gzip.GzipFile(fileobj=plain) as unpacked:
            yield cast("BinaryIO", unpacked)


def _header_bytes(dimensions: int) -> int:
    return 4 + 4 * dimensions


def _read_header(stream: BinaryIO, path: Path, dimensions: int) -> tuple[int, ...]:
    header = stream.read(_header_bytes(dimensions))
    if len(header) >= 4:
        _expect_magic(path, header[:4], dimensions)
    if len(header) < _header_bytes(dimensions):
        raise DigitsUnreadable(path, f"is cut short: it ends after {len(header)} bytes")
    return struct.unpack(f">{dimensions}I", header[4:])


def _expect_magic(path: Path, magic: bytes, dimensions: int) -> None:
    expected = bytes([0, 0, UNSIGNED_BYTE, dimensions])
    if magic == expected:
        return
    if magic[:2] == b"\0\0" and magic[2] in TYPE_NAMES:
        what = f"holds {TYPE_NAMES[magic[2]]} values, expected unsigned bytes"
    elif magic[:3] == expected[:3]:
        what = f"has {_counted(magic[3], 'dimension')}, expected {dimensions}"
    else:
        what = f"is no IDX file: it begins with {magic.hex(' ')}, expected {expected.hex(' ')}"
    raise DigitsUnreadable(path, what)


def _expect_bytes(path: Path, shape: tuple[int, ...], found: int) -> None:
    promised = math.prod(shape)
    sizes = " x ".join(f"{size:,}" for size in shape)
    if found < promised:
        what = f"is cut short: its header promises {sizes} values, and {found:,} bytes follow"
        raise DigitsUnreadable(path, what)
    if found > promised:
        raise DigitsUnreadable(path, f"goes on after the {sizes} values that its header promises")


def _read_up_to(stream: BinaryIO, count: int) -> bytearray:
    """Chunk by chunk: a damaged header may promise more than any memory holds."""
    values = bytearray()
    while chunk := stream.read(min(CHUNK_BYTES, count - len(values))):
        values += chunk
    return values


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
