"""IDX files: what is written comes back, and anything but an intact file is named as what it is."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.mnist.idx import DigitsUnreadable, read_idx, read_shape, write_idx

IMAGES = bytes([0, 0, 8, 3]) + struct.pack(">3I", 2, 3, 2) + bytes(range(12))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("idx")


def _put(folder: Path, content: bytes) -> Path:
    path = folder / "digits"
    path.write_bytes(content)
    return path


@settings(deadline=None)
@given(shape=st.lists(st.integers(0, 5), min_size=1, max_size=3), packed=st.booleans())
def test_what_is_written_comes_back(folder: Path, shape: list[int], packed: bool) -> None:
    values = np.random.RandomState(0).randint(0, 256, shape).astype(np.uint8)
    path = folder / "digits"
    write_idx(path, values)
    if packed:
        path.write_bytes(gzip.compress(path.read_bytes()))

    found = read_idx(path, len(shape))

    assert np.array_equal(found, values)
    assert found.shape == values.shape
    assert found.flags.writeable


@settings(deadline=None)
@given(content=st.binary(max_size=40), packed=st.booleans(), whole_header=st.booleans())
def test_any_other_bytes_are_digits_unreadable(
    folder: Path, content: bytes, packed: bool, whole_header: bool
) -> None:
    content = IMAGES[:4] + content if whole_header else content
    path = _put(folder, gzip.compress(content) if packed else content)
    header = struct.unpack(">3I", content[4:16]) if len(content) >= 16 else (1 << 40,)
    intact = content[:4] == IMAGES[:4] and len(content) == 16 + int(np.prod(header))

    if not intact:
        with pytest.raises(DigitsUnreadable):
            read_idx(path, 3)


@pytest.mark.parametrize("cut", range(len(IMAGES)))
def test_a_file_cut_anywhere_is_noticed(folder: Path, cut: int) -> None:
    path = _put(folder, IMAGES[:cut])

    with pytest.raises(DigitsUnreadable):
        read_shape(path, 3)


@pytest.mark.parametrize("cut", [0, 5, 20, -9, -4, -1])
def test_a_gzip_file_cut_anywhere_is_noticed(folder: Path, cut: int) -> None:
    path = _put(folder, gzip.compress(IMAGES)[:cut])

    with pytest.raises(DigitsUnreadable):
        read_idx(path, 3)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is cut short: it ends after 0 bytes"),
        (IMAGES[:9], "is cut short: it ends after 9 bytes"),
        (
            IMAGES[:-1],
            "is cut short: its header promises 2 x 3 x 2 values, and 11 bytes follow",
        ),
        (IMAGES + b"\0", "goes on after the 2 x 3 x 2 values that its header promises"),
        (
            b"<!DOCTYPE html>",
            "is no IDX file: it begins with 3c 21 44 4f, expected 00 00 08 03",
        ),
        (b"\0\0\x0d\x03" + IMAGES[4:], "holds float32 values, expected unsigned bytes"),
        (b"\0\0\x08\x01" + IMAGES[4:], "has 1 dimension, expected 3"),
        (
            gzip.compress(IMAGES)[:-6],
            "is cut short or damaged inside its gzip packing",
        ),
        (
            gzip.compress(IMAGES + b"\0"),
            "goes on after the 2 x 3 x 2 values that its header promises",
        ),
        (
            IMAGES[:4] + struct.pack(">3I", 4_000_000_000, 28, 28) + b"1234",
            "is cut short: its header promises 4,000,000,000 x 28 x 28 values, and 4 bytes follow",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "bytes",
)
def test_the_sentence_names_what_is_wrong(folder: Path, content: bytes, sentence: str) -> None:
    path = _put(folder, content)

    with pytest.raises(DigitsUnreadable) as problem:
        read_idx(path, 3)

    assert str(problem.value) == f"{path} {sentence}. Delete it, then run `autograder data`."


def test_a_folder_in_the_place_of_a_file_is_named(folder: Path) -> None:
    with pytest.raises(DigitsUnreadable, match=r"cannot be read \(Is a directory\)"):
        read_idx(folder, 3)


@pytest.mark.parametrize("packed", [False, True])
def test_the_first_items_are_the_first(folder: Path, packed: bool) -> None:
    path = _put(folder, gzip.compress(IMAGES) if packed else IMAGES)

    assert np.array_equal(read_idx(path, 3, first=1), read_idx(path, 3)[:1])
    assert np.array_equal(read_idx(path, 3, first=9), read_idx(path, 3))


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = _put(tmp_path, IMAGES)
    too_large_for_a_header = np.broadcast_to(np.uint8(0), (1 << 32,))

    with pytest.raises(struct.error):
        write_idx(path, too_large_for_a_header)
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match=r"Is a directory|not empty|File exists"):
        write_idx(tmp_path / "taken", np.zeros(3, np.uint8))

    assert path.read_bytes() == IMAGES
    assert {entry.name for entry in tmp_path.iterdir()} == {"digits", "taken"}
