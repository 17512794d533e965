"""The digits for grading: what kernels see, what is hidden, and that the two do not meet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from torchvision.datasets import MNIST

from autograder.errors import KitError, MissingFile
from autograder.mnist import GradingSplit, Prepared, grading_split, load_tensors
from autograder.mnist.layout import FILE_NAMES, Digits, DigitSet, raw_folder, read_set, write_set

SMALL = {"train_samples": 8, "test_samples": 2, "hidden_samples": 3}


def _states(root: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of writing of every file: a file that is written anew differs."""
    found = {path: path.stat() for path in root.rglob("*") if path.is_file()}
    return {str(path): (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}


@pytest.fixture
def split(prepared: Prepared, tmp_path: Path) -> GradingSplit:
    return grading_split(prepared.root, tmp_path / "grading", seed="secret")


def test_kernels_see_as_many_digits_as_students_do_at_home(
    prepared: Prepared, split: GradingSplit
) -> None:
    counts = (prepared.train_count, prepared.test_count)
    shown, hidden = (1_000, 2_000) if prepared.is_full else (500, 500)

    assert (split.train_count, split.test_count, split.shown_count) == (*counts, shown)
    assert tuple(len(MNIST(split.root, train=train)) for train in (True, False)) == counts
    assert split.hidden_images.shape == (hidden, 28, 28)
    assert split.hidden_labels.shape == (hidden,)
    assert split.hidden_images.dtype == np.dtype(np.uint8)
    assert split.hidden_labels.dtype == np.dtype(np.int64)


def test_kernels_see_what_a_student_sees_at_home(prepared: Prepared, split: GradingSplit) -> None:
    """The sizes of notebook 4: the test digits that are not the same have the same labels."""
    home = load_tensors(prepared.root, train_samples=4_000, test_samples=1_000)
    grading = load_tensors(split.root, train_samples=4_000, test_samples=1_000)

    for ours, theirs in zip(grading, home, strict=True):
        assert torch.equal(ours.tensors[1], theirs.tensors[1])
    assert torch.equal(grading[0].tensors[0], home[0].tensors[0])
    shown = split.shown_count
    assert torch.equal(grading[1].tensors[0][:shown], home[1].tensors[0][:shown])


def test_a_stand_in_is_a_digit_of_its_label_that_is_shown_anyway(
    prepared: Prepared, split: GradingSplit
) -> None:
    test = read_set(raw_folder(split.root)).test
    first = {(bytes(test.images[n]), test.labels[n]) for n in range(split.shown_count)}

    behind = range(split.shown_count, split.test_count)
    assert {(bytes(test.images[n]), test.labels[n]) for n in behind} <= first


def test_a_label_that_is_not_shown_gets_a_training_digit_or_a_blank(tmp_path: Path) -> None:
    ramp = np.arange(1, 6, dtype=np.uint8)[:, None, None] * np.ones((28, 28), dtype=np.uint8)
    train = Digits(images=ramp[:1] + 100, labels=np.array([7], dtype=np.uint8))
    test = Digits(images=ramp, labels=np.array([3, 3, 7, 9, 3], dtype=np.uint8))
    write_set(raw_folder(tmp_path / "all"), DigitSet(train=train, test=test))

    grading_split(tmp_path / "all", tmp_path / "grading")

    seen = read_set(raw_folder(tmp_path / "grading")).test
    assert seen.images[:, 0, 0].tolist() == [1, 2, 101, 0, 1]
    assert seen.labels.tolist() == [3, 3, 7, 9, 3]


def test_hidden_digits_are_the_sources_own(prepared: Prepared, split: GradingSplit) -> None:
    test = read_set(raw_folder(prepared.root)).test

    assert np.array_equal(test.images[split.hidden_positions], split.hidden_images)
    assert np.array_equal(test.labels[split.hidden_positions], split.hidden_labels)
    assert len(set(split.hidden_positions.tolist())) == len(split.hidden_labels)


def test_no_hidden_digit_lies_where_kernels_read(split: GradingSplit) -> None:
    shown = read_set(raw_folder(split.root))
    images = np.concatenate([shown.train.images, shown.test.images])

    assert not {*map(bytes, images)} & {*map(bytes, split.hidden_images)}
    assert {path.name for path in split.root.rglob("*") if path.is_file()} == {
        "GRADING-DATA.txt",
        *FILE_NAMES,
    }


def test_the_same_arguments_give_the_same_split_and_write_nothing(
    prepared: Prepared, split: GradingSplit
) -> None:
    before = _states(split.root)

    again = grading_split(prepared.root, split.root, seed="secret")

    assert np.array_equal(again.hidden_positions, split.hidden_positions)
    assert np.array_equal(again.hidden_images, split.hidden_images)
    assert _states(split.root) == before


def test_the_draw_is_the_same_on_every_machine(small_root: Path, tmp_path: Path) -> None:
    found = grading_split(small_root, tmp_path / "grading", seed=7, **SMALL)

    assert found.hidden_positions.tolist() == [4, 2, 3]


def test_another_seed_hides_other_digits_and_shows_the_same(
    prepared: Prepared, split: GradingSplit
) -> None:
    before = _states(split.root)

    other = grading_split(prepared.root, split.root, seed="another")

    assert not np.array_equal(other.hidden_positions, split.hidden_positions)
    assert _states(split.root) == before


def test_other_sizes_are_written_anew(small_root: Path, tmp_path: Path) -> None:
    grading_split(small_root, tmp_path / "grading", **SMALL)

    grading_split(small_root, tmp_path / "grading", **SMALL | {"train_samples": 5})

    assert len(read_set(raw_folder(tmp_path / "grading")).train) == 5


def test_another_source_is_written_anew(
    small_root: Path, tmp_path: Path, make_set: Callable[..., DigitSet]
) -> None:
    grading_split(small_root, tmp_path / "grading", **SMALL)
    write_set(raw_folder(small_root), make_set(seed=9))

    grading_split(small_root, tmp_path / "grading", **SMALL)

    shown = read_set(raw_folder(tmp_path / "grading")).train.images
    assert np.array_equal(shown, make_set(seed=9).train.images[:8])


def test_a_changed_file_is_put_right(small_root: Path, tmp_path: Path) -> None:
    grading_split(small_root, tmp_path / "grading", **SMALL)
    labels = raw_folder(tmp_path / "grading") / FILE_NAMES[1]
    intact = labels.read_bytes()
    labels.write_bytes(intact[:-1] + bytes([(intact[-1] + 1) % 10]))

    grading_split(small_root, tmp_path / "grading", **SMALL)

    assert labels.read_bytes() == intact


def test_workers_that_split_at_once_all_get_it(small_root: Path, tmp_path: Path) -> None:
    target = tmp_path / "grading"

    with ThreadPoolExecutor(8) as workers:
        jobs = [workers.submit(grading_split, small_root, target, **SMALL) for _ in range(24)]

    assert {job.result().hidden_labels.tobytes() for job in jobs} == {
        jobs[0].result().hidden_labels.tobytes()
    }
    assert len(read_set(raw_folder(target)).train) == 8
    assert {path.name for path in (target / "MNIST").iterdir()} == {"GRADING-DATA.txt", "raw"}


def test_all_may_read_the_digits_for_grading(small_root: Path, tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        grading_split(small_root, tmp_path / "grading", **SMALL)
    finally:
        os.umask(old)

    files = [raw_folder(tmp_path / "grading") / name for name in FILE_NAMES]
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in files)
    assert all(path.stat().st_mode & 0o555 == 0o555 for path in (tmp_path / "grading", *_up(files)))


def _up(files: list[Path]) -> tuple[Path, Path]:
    return files[0].parent, files[0].parent.parent


# Refusals


@pytest.mark.parametrize("name", SMALL)
def test_a_size_of_0_is_refused(small_root: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(KitError) as problem:
        grading_split(small_root, tmp_path / "grading", **SMALL | {name: 0})

    assert str(problem.value) == f"grading_split was given {name}=0. Give 1 or more."


@pytest.mark.parametrize("inside", [".", "small"])
def test_the_whole_data_set_is_never_shown(small_root: Path, inside: str) -> None:
    target = small_root if inside == "." else small_root.parent

    with pytest.raises(KitError) as problem:
        grading_split(small_root, target, **SMALL)

    assert str(problem.value) == (
        f"The folder for grading, {target}, contains the whole data set, {small_root}. "
        "Choose another folder for grading: students' kernels read everything in it."
    )


def test_data_of_somebody_else_is_not_overwritten(small_root: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    shutil.copytree(small_root, theirs)
    before = _states(theirs)

    with pytest.raises(KitError) as problem:
        grading_split(small_root, theirs, **SMALL)

    assert str(problem.value) == (
        f"{theirs}/MNIST/raw is in the folder for grading and was not written by grading. "
        "Choose another folder, or move it away: students' kernels read everything there."
    )
    assert _states(theirs) == before


def test_labels_put_beside_the_digits_for_grading_are_noticed(
    small_root: Path, tmp_path: Path
) -> None:
    grading_split(small_root, tmp_path / "grading", **SMALL)
    (raw_folder(tmp_path / "grading") / f"{FILE_NAMES[3]}.gz").write_bytes(b"all of them")

    with pytest.raises(KitError, match=f"{FILE_NAMES[3]}.gz is in the folder for grading"):
        grading_split(small_root, tmp_path / "grading", **SMALL)


def test_a_folder_that_cannot_be_written_is_named(small_root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(KitError) as problem:
        grading_split(small_root, tmp_path / "file", **SMALL)

    assert str(problem.value) == (
        f"The folder for grading, {tmp_path}/file, cannot be written (Not a directory). "
        "Choose a folder that can be written, or make room in this one."
    )


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile) as problem:
        grading_split(tmp_path / "nothing", tmp_path / "grading")

    assert str(problem.value) == (
        f"{tmp_path}/nothing/MNIST/raw/train-images-idx3-ubyte is not there: it holds MNIST's "
        "training images. Get the digits ready:\n    autograder data"
    )
