"""Runs in: the kernel, beside the student's code, and the judge. Holds no secret.

What goes over the line between them: a number and buffers, each with its size before it. The one
that reads decides how much it takes, and looks at the sizes before it takes anything.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from typing import Final

Buffers = Sequence[bytes | bytearray | memoryview]

NUMBER_BYTES: Final = 8
_MOST_BUFFERS: Final = 10_000
_HEAD: Final = struct.Struct(f"<{NUMBER_BYTES}sI")
_SIZE_BYTES: Final = 8
_TOGETHER: Final = 1 << 16


class BrokenFrame(Exception):
    """What came is not a frame, or is too large a one."""


def frame(number: bytes, buffers: Buffers) -> list[bytes | memoryview]:
    """A frame, to be sent part after part; small ones are one part."""
    views = [memoryview(buffer).cast("B") for buffer in buffers]
    sizes = struct.pack(f"<{len(views)}Q", *(len(view) for view in views))
    head = _HEAD.pack(number, len(views)) + sizes
    if sum(len(view) for view in views) <= _TOGETHER:
        return [b"".join((head, *views))]
    return [head, *views]


class Frames:
    """Frames as they come. `receive` gives at most as many bytes as it is asked for, and none at
    the end of the line; what it raises leaves what has come so far for the next try.
    """

    def __init__(self, receive: Callable[[int], bytes], most_bytes: int) -> None:
        self._receive = receive
        self._most_bytes = most_bytes
        self._data = bytearray()

    def next(self) -> tuple[bytes, list[bytes]]:
        """The next frame: its number and its buffers. Raises EOFError or BrokenFrame."""
        self._await(_HEAD.size)
        number, count = _HEAD.unpack_from(self._data)
        if count > _MOST_BUFFERS:
            raise BrokenFrame(f"{count:,} buffers")
        start = _HEAD.size + count * _SIZE_BYTES
        self._await(start)
        sizes = struct.unpack_from(f"<{count}Q", self._data, _HEAD.size)
        if sum(sizes) > self._most_bytes:
            raise BrokenFrame(f"{sum(sizes):,} bytes")
        self._await(start + sum(sizes))
        buffers = []
        for size in sizes:
            buffers.append(bytes(memoryview(self._data)[start : start + size]))
            start += size
        del self._data[:start]
        return number, buffers

    def _await(self, count: int) -> None:
        while len(self._data) < count:
            chunk = self._receive(max(count - len(self._data), _TOGETHER))
            if not chunk:
                raise EOFError
            self._data += chunk
