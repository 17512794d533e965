"""Runs in: the kernel, beside the student's code. Holds no secret.

Random numbers on the accelerator: it has a generator of its own, as a GPU has, which
`torch.manual_seed` seeds together with the CPU's.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import torch

_STATES: dict[torch.device, torch.Tensor] = {}
_SEEDED_WITH: dict[torch.device, int] = {}


class Generator(torch.Generator):
    """Stands for `torch.Generator` while an accelerator is present: it may be on that device."""

    place: torch.device

    def __new__(cls, device: Any = "cpu") -> Generator:
        made = super().__new__(cls)
        made.place = torch.device(device)
        return made

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        return self.place


def seed(place: torch.device, number: int) -> None:
    """Makes the accelerator's own generator begin anew."""
    # On a GPU, too, a seed gives other numbers than on the CPU.
    other = (int(number) ^ 0x5DEECE66D) % 2**63
    _STATES[place] = torch.Generator().manual_seed(other).get_state()


@contextlib.contextmanager
def generator_of(place: torch.device) -> Iterator[None]:
    """Within it the accelerator is present.

    Its generator goes on where it was when the accelerator was last there, unless somebody has
    called `torch.manual_seed` since.
    """
    if _SEEDED_WITH.get(place) != torch.initial_seed():
        _STATES.pop(place, None)
    try:
        yield
    finally:
        _SEEDED_WITH[place] = torch.initial_seed()


def refuse_another_generator(generator: torch.Generator, kind: str) -> None:
    """A generator draws on its own device only; the words are torch's."""
    if generator.device.type != kind:
        raise RuntimeError(
            f"Expected a '{kind}' device type for generator but found '{generator.device.type}'"
        )


@contextlib.contextmanager
def by_the_generator_of(
    place: torch.device, func: Any, kwargs: Mapping[str, Any]
) -> Iterator[None]:
    """Within it the CPU's generator is in the state of the accelerator's, if `func` draws."""
    if torch.Tag.nondeterministic_seeded not in func.tags or kwargs.get("generator") is not None:
        yield
        return
    shared = torch.default_generator
    before = shared.get_state()
    if place not in _STATES:
        seed(place, torch.initial_seed())
    shared.set_state(_STATES[place])
    try:
        yield
    finally:
        _STATES[place] = shared.get_state()
        shared.set_state(before)
