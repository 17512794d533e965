"""Inputs from a secret seed: the same for everybody, another for each check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from autograder.checks.secret_random import SecretRandom, derived_seed

SEED, STREAM = b"secret", "1-tensors:test_a"

DRAWS: dict[str, Callable[[SecretRandom], Any]] = {
    "tensor": lambda rng: rng.tensor(3).tolist(),
    "integers": lambda rng: rng.integers(0, 10**6, 3).tolist(),
    "integer": lambda rng: rng.integer(0, 10**6),
    "uniform": lambda rng: rng.uniform(0, 1),
    "array": lambda rng: rng.array(3).tolist(),
    "uint8": lambda rng: rng.array(9, dtype=np.uint8).tolist(),
    "images": lambda rng: rng.images(1).flatten()[:5].tolist(),
    "labels": lambda rng: rng.labels(30).tolist(),
    "seed": lambda rng: rng.seed(),
    "shuffled": lambda rng: rng.shuffled(range(50)),
}


@pytest.fixture(params=DRAWS)
def draw(request: pytest.FixtureRequest) -> Callable[[SecretRandom], Any]:
    return DRAWS[request.param]


def test_the_same_seed_and_stream_draw_the_same(draw: Callable[[SecretRandom], Any]) -> None:
    assert draw(SecretRandom(SEED, STREAM)) == draw(SecretRandom(SEED, STREAM))


def test_another_stream_draws_others(draw: Callable[[SecretRandom], Any]) -> None:
    assert draw(SecretRandom(SEED, STREAM)) != draw(SecretRandom(SEED, "1-tensors:test_b"))


def test_another_seed_draws_others(draw: Callable[[SecretRandom], Any]) -> None:
    assert draw(SecretRandom(SEED, STREAM)) != draw(SecretRandom(b"other", STREAM))


def test_a_second_draw_is_another(draw: Callable[[SecretRandom], Any]) -> None:
    rng = SecretRandom(SEED, STREAM)

    assert draw(rng) != draw(rng)


def test_nothing_else_changes_what_is_drawn(draw: Callable[[SecretRandom], Any]) -> None:
    first = draw(SecretRandom(SEED, STREAM))
    torch.rand(1)
    np.random.rand()
    draw(SecretRandom(SEED, "1-tensors:test_b"))

    assert draw(SecretRandom(SEED, STREAM)) == first


def test_drawing_leaves_the_global_state_alone(draw: Callable[[SecretRandom], Any]) -> None:
    before = torch.get_rng_state(), str(np.random.get_state())
    draw(SecretRandom(SEED, STREAM))

    assert torch.equal(torch.get_rng_state(), before[0])
    assert str(np.random.get_state()) == before[1]


@pytest.mark.parametrize("seed", [b"", b"x" * 64, b"x" * 100], ids=["none", "64", "100"])
def test_a_seed_of_any_length_draws(seed: bytes) -> None:
    assert SecretRandom(seed, STREAM).tensor(2).shape == (2,)


@pytest.mark.parametrize(
    ("made", "shape", "dtype"),
    [
        (lambda rng: rng.tensor(2, 3), (2, 3), torch.float32),
        (lambda rng: rng.tensor(), (), torch.float32),
        (lambda rng: rng.tensor(2, dtype=torch.float64), (2,), torch.float64),
        (lambda rng: rng.integers(0, 5, 2, 2), (2, 2), torch.int64),
        (lambda rng: rng.integers(0, 5, 2, dtype=torch.uint8), (2,), torch.uint8),
        (lambda rng: rng.images(3), (3, 1, 28, 28), torch.float32),
        (lambda rng: rng.labels(4), (4,), torch.int64),
    ],
)
def test_tensors_have_the_form_that_was_asked_for(made: Any, shape: Any, dtype: Any) -> None:
    tensor = made(SecretRandom(SEED, STREAM))

    assert (tuple(tensor.shape), tensor.dtype) == (shape, dtype)


@pytest.mark.parametrize(
    ("dtype", "low", "high"), [("uint8", 0, 255), ("int8", -100, 100), ("int64", -100, 100)]
)
def test_arrays_of_whole_numbers_stay_in_their_range(dtype: str, low: int, high: int) -> None:
    array = SecretRandom(SEED, STREAM).array(2000, dtype=dtype)

    assert array.dtype == dtype
    assert (array.min(), array.max()) == (low, high)


def test_numbers_stay_in_their_range() -> None:
    rng = SecretRandom(SEED, STREAM)

    assert {rng.integer(2, 5) for _ in range(100)} == {2, 3, 4}
    assert set(rng.integers(2, 5, 100).tolist()) == {2, 3, 4}
    assert set(rng.labels(200, classes=3).tolist()) == {0, 1, 2}
    assert all(2 <= rng.uniform(2, 3) <= 3 for _ in range(100))
    assert 0 <= rng.images(1).min() < rng.images(1).max() < 1
    assert rng.seed() >= 1


def test_shuffling_gives_a_new_list_of_the_same_items() -> None:
    items = ["a", "b", "c", "d"]
    shuffled = SecretRandom(SEED, STREAM).shuffled(items)

    assert sorted(shuffled) == items == ["a", "b", "c", "d"]


def test_a_derived_seed_is_of_its_stream_and_its_run() -> None:
    seeds = [derived_seed(run, stream) for run in (b"one", b"two") for stream in ("a", "b")]

    assert len(set(seeds)) == 4
    assert all(0 <= seed < 2**31 for seed in seeds)
    assert derived_seed(b"one", "a") == seeds[0]
